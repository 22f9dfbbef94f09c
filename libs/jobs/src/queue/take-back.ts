import type { Transaction } from 'kysely';
import type { RunRow, RunTables } from '../runs/tables.js';
import { changeRun } from '../runs/write-run.js';

/** Takes jobs back from workers that fell silent; returns the ids of the runs changed. */
export async function expireLeases(
  transaction: Transaction<RunTables>,
  kind: string,
  now: number,
  maxLosses: number,
): Promise<readonly string[]> {
  const expired = await transaction
    .selectFrom('runs')
    .selectAll()
    .where('kind', '=', kind)
    .where('state', '=', 'RUNNING')
    .where('lease_deadline', '<', now)
    .execute();
  for (const row of expired) await takeBack(transaction, row, now, maxLosses);
  return expired.map((row) => row.id);
}

async function takeBack(
  transaction: Transaction<RunTables>,
  row: RunRow,
  now: number,
  maxLosses: number,
): Promise<void> {
  const losses = row.losses + 1;
  const failure = {
    failure_reason: 'WORKER_LOST',
    failure_message: `Worker ${row.worker_id} fell silent (${losses} of ${maxLosses} since the last checkpoint).`,
  };
  if (losses >= maxLosses) {
    await changeRun(transaction, row, { ...failure, state: 'FAILED', lease_deadline: null, losses }, 'failed');
  } else {
    const again = { state: 'QUEUED' as const, lease_deadline: null, available_at: now, losses };
    await changeRun(transaction, row, { ...failure, ...again }, 'requeued');
  }
}
