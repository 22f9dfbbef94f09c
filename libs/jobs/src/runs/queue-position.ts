import type { Transaction } from 'kysely';
import type { RunTables } from './tables.js';

/** The place at the end of the queue of a kind of runs. */
export async function nextPosition(transaction: Transaction<RunTables>, kind: string): Promise<number> {
  const { last } = await transaction
    .selectFrom('runs')
    .select(({ fn }) => fn.max<number | null>('queue_position').as('last'))
    .where('kind', '=', kind)
    .executeTakeFirstOrThrow();
  return Number(last ?? 0) + 1;
}
