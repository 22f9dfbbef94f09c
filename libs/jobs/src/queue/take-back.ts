import type { Transaction } from 'kysely';
import { nextPosition } from '../runs/queue-position.js';
import type { RunTables } from '../runs/tables.js';
import { changeRun } from '../runs/write-run.js';
import type { LeaseNumber } from './lease-times.js';

/** Takes a job back from a worker that fell silent. False: its lease has ended already. */
export async function takeBack(
  transaction: Transaction<RunTables>,
  kind: string,
  { id, fence }: LeaseNumber,
  maxLosses: number,
): Promise<boolean> {
  const row = await transaction.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst();
  if (row?.state !== 'RUNNING' || row.fence !== fence) return false;
  const losses = row.losses + 1;
  const failure = {
    failure_reason: 'WORKER_LOST',
    failure_message: `Worker ${row.worker_id} fell silent (${losses} of ${maxLosses} since the last checkpoint).`,
  };
  if (losses >= maxLosses) {
    await changeRun(transaction, row, { ...failure, state: 'FAILED', losses }, 'failed');
    return true;
  }
  const again = { state: 'QUEUED' as const, queue_position: await nextPosition(transaction, kind), losses };
  await changeRun(transaction, row, { ...failure, ...again }, 'requeued');
  return true;
}
