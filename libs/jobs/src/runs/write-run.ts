import { appendEvent, createEvent } from '@oneshot/events';
import type { Transaction } from 'kysely';
import { thinHistory } from './history.js';
import { forgetRequesters } from './requesters.js';
import { hasEnded } from './run-record.js';
import { snapshotOf } from './run-row.js';
import type { RunRow, RunTables } from './tables.js';

/** The facts told of runs: `oneshot.<kind>.<fact>`. */
export type RunFact = 'submitted' | 'started' | 'completed' | 'failed' | 'cancelled' | 'retried' | 'requeued';

/** Which service tells of a kind of runs. */
const sources: Readonly<Record<string, string>> = {
  search: '/oneshot/searcher',
  training: '/oneshot/trainer',
  evaluation: '/oneshot/evaluator',
  campaign: '/oneshot/coordinator',
};

/** Columns that a change may set; sequence and time follow by themselves. */
export type RunColumns = Partial<Omit<RunRow, 'id' | 'kind' | 'spec' | 'sequence' | 'created_at' | 'updated_at'>>;

/** Inserts a run with its first history entry and event. */
export async function insertRun(transaction: Transaction<RunTables>, row: RunRow): Promise<RunRow> {
  await transaction.insertInto('runs').values(row).execute();
  await record(transaction, row, 'submitted');
  return row;
}

/**
 * Changes a run visibly: its sequence grows by one, the change enters the history, and `fact`, if
 * any, the outbox. Without a fact the change counts as progress, which history may merge later.
 */
export async function changeRun(
  transaction: Transaction<RunTables>,
  row: RunRow,
  columns: RunColumns,
  fact: RunFact | undefined,
): Promise<RunRow> {
  const changed = { ...row, ...columns, sequence: row.sequence + 1, updated_at: Date.now() };
  const { id, ...values } = changed;
  await transaction.updateTable('runs').set(values).where('id', '=', id).execute();
  await record(transaction, changed, fact);
  if (hasEnded(changed.state)) await forgetRequesters(transaction, id);
  return changed;
}

/** Changes only the job's own columns, which no watcher sees. */
export async function changeJob(
  transaction: Transaction<RunTables>,
  row: RunRow,
  columns: Pick<RunColumns, 'checkpoint' | 'checkpoint_before' | 'failures' | 'losses'>,
): Promise<RunRow> {
  await transaction.updateTable('runs').set(columns).where('id', '=', row.id).execute();
  return { ...row, ...columns };
}

async function record(transaction: Transaction<RunTables>, row: RunRow, fact: RunFact | undefined): Promise<void> {
  await transaction
    .insertInto('run_updates')
    .values({
      run_id: row.id,
      sequence: row.sequence,
      first_sequence: row.sequence,
      progress_only: fact ? 0 : 1,
      snapshot: snapshotOf(row),
    })
    .execute();
  if (!fact) {
    await thinHistory(transaction, row.id, row.sequence);
    return;
  }
  const { id, state, sequence, attempt } = row;
  const source = sources[row.kind] ?? `/oneshot/${row.kind}`;
  const type = `oneshot.${row.kind}.${fact}` as const;
  await appendEvent(transaction, createEvent({ source, type, subject: id, data: { id, state, sequence, attempt } }));
}
