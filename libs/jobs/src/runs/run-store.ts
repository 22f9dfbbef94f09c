import { decodePageToken, pageOf } from '@oneshot/service-kit';
import type { Transaction } from 'kysely';
import { ChangeSignal } from './change-signal.js';
import { nextPosition } from './queue-position.js';
import { hasEnded, type JsonObject, type RunRecord } from './run-record.js';
import { recordFromRow } from './run-row.js';
import type { OwnChange, RunStore, RunStoreOptions, SubmitOutcome } from './run-store-types.js';
import type { RunRow, RunTables } from './tables.js';
import { watchRun } from './watch-run.js';
import { changeRun, insertRun, type RunColumns, type RunFact } from './write-run.js';

interface Change {
  readonly columns: RunColumns;
  readonly fact: RunFact | undefined;
}

/** The runs of one kind in a database whose tables `migrateEvents` and `migrateRuns` made. */
export function createRunStore(options: RunStoreOptions): RunStore {
  const { database, kind } = options;
  const signal = new ChangeSignal();

  const find = (queries: typeof database.queries, id: string) =>
    queries.selectFrom('runs').selectAll().where('kind', '=', kind).where('id', '=', id).executeTakeFirst();

  /** Changes a run in a transaction; `decide` returns undefined to leave it as it is. */
  async function alter(
    id: string,
    decide: (row: RunRow, transaction: Transaction<RunTables>) => Change | undefined | Promise<Change | undefined>,
  ): Promise<RunRecord | undefined> {
    let changed = false;
    const row = await database.transaction(async (transaction) => {
      const found = await find(transaction, id);
      const change = found && (await decide(found, transaction));
      if (!change) return found;
      changed = true;
      return changeRun(transaction, found, change.columns, change.fact);
    });
    if (changed) signal.emit(id);
    return row && recordFromRow(row);
  }

  async function submit(id: string, spec: JsonObject, retry = false): Promise<SubmitOutcome> {
    const { row, created, changed } = await database.transaction(async (transaction) => {
      const found = await find(transaction, id);
      if (!found) {
        const row = newRow(kind, id, spec, await nextPosition(transaction, kind));
        return { row: await insertRun(transaction, row), created: true, changed: true };
      }
      if (!retry || (found.state !== 'FAILED' && found.state !== 'CANCELLED')) {
        return { row: found, created: false, changed: false };
      }
      const queued = { state: 'QUEUED' as const, queue_position: await nextPosition(transaction, kind) };
      const row = await changeRun(transaction, found, { ...queued, failures: 0, losses: 0, fallbacks: 0 }, 'retried');
      return { row, created: false, changed: true };
    });
    if (changed) signal.emit(id);
    return { run: recordFromRow(row), created };
  }

  return {
    kind,
    submit,
    redo: (id) =>
      alter(id, async (row, transaction) => {
        if (row.state !== 'SUCCEEDED') return undefined;
        const queued = {
          state: 'QUEUED' as const,
          queue_position: await nextPosition(transaction, kind),
          result: null,
        };
        return { columns: { ...queued, failures: 0, losses: 0, fallbacks: 0 }, fact: 'retried' };
      }),
    async get(id) {
      const row = await find(database.queries, id);
      return row && recordFromRow(row);
    },
    async list({ states, pageSize, pageToken }) {
      const after = decodePageToken(pageToken ?? '', ['number', 'string'] as const);
      let query = database.queries.selectFrom('runs').selectAll().where('kind', '=', kind);
      if (states && states.length > 0) query = query.where('state', 'in', [...states]);
      if (after) {
        const [createdAt, id] = after;
        query = query.where((where) =>
          where.or([
            where('created_at', '<', createdAt),
            where.and([where('created_at', '=', createdAt), where('id', '>', id)]),
          ]),
        );
      }
      const rows = await query
        .orderBy('created_at', 'desc')
        .orderBy('id')
        .limit(pageSize + 1)
        .execute();
      const { page, nextPageToken } = pageOf(rows, pageSize, (last) => [last.created_at, last.id]);
      return { runs: page.map(recordFromRow), nextPageToken: nextPageToken || undefined };
    },
    watch: (id, afterSequence, abort) =>
      watchRun(database, (listener) => signal.subscribe(listener), id, afterSequence, abort),
    cancel: (id) =>
      alter(id, (row) =>
        hasEnded(row.state) ? undefined : { columns: { state: 'CANCELLED' }, fact: 'cancelled' as const },
      ),
    change: (id, change) => alter(id, (row) => (hasEnded(row.state) ? undefined : ownColumns(row, change))),
    onChange: (listener) => signal.subscribe(listener),
    announce: (id) => signal.emit(id),
  };
}

function newRow(kind: string, id: string, spec: JsonObject, position: number): RunRow {
  const now = Date.now();
  return {
    id,
    kind,
    state: 'QUEUED',
    spec: JSON.stringify(spec),
    progress: null,
    result: null,
    failure_reason: null,
    failure_message: null,
    attempt: 0,
    sequence: 1,
    created_at: now,
    updated_at: now,
    fence: 0,
    lease_token: null,
    worker_id: null,
    queue_position: position,
    checkpoint: null,
    checkpoint_before: null,
    fallbacks: 0,
    failures: 0,
    losses: 0,
  };
}

function ownColumns(row: RunRow, change: OwnChange): Change | undefined {
  if ('progress' in change) return { columns: { progress: JSON.stringify(change.progress) }, fact: undefined };
  switch (change.state) {
    case 'RUNNING':
      return row.state === 'RUNNING'
        ? undefined
        : { columns: { state: 'RUNNING', attempt: row.attempt + 1 }, fact: 'started' };
    case 'SUCCEEDED':
      return { columns: { state: 'SUCCEEDED', result: JSON.stringify(change.result) }, fact: 'completed' };
    case 'FAILED':
      return {
        columns: {
          state: 'FAILED',
          failure_reason: change.failure.reason,
          failure_message: change.failure.message,
        },
        fact: 'failed',
      };
  }
}
