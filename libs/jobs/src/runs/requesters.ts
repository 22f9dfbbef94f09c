import { invalidArgument } from '@oneshot/service-kit';
import type { Transaction } from 'kysely';
import type { RunTables } from './tables.js';

/** The requester of a run that a person submitted. */
export const person = '';

/** Most characters of a requester's name. */
const longestRequester = 256;

/** INVALID_ARGUMENT for a name that is too long to be kept. */
export function checkRequester(requester: string): void {
  const { length } = requester;
  if (length <= longestRequester) return;
  const [found, allowed] = [`${length} characters`, `at most ${longestRequester} characters`];
  const message = `found ${found}; allowed is ${allowed}`;
  throw invalidArgument([{ path: 'requester', found, allowed, message }], 'INVALID_REQUEST');
}

/** Notes who asked for a run. */
export async function noteRequester(
  transaction: Transaction<RunTables>,
  runId: string,
  requester: string,
): Promise<void> {
  await transaction
    .insertInto('run_requesters')
    .values({ run_id: runId, requester })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** A requester no longer wants a run. Returns whether somebody else still does. */
export async function leaveRun(
  transaction: Transaction<RunTables>,
  runId: string,
  requester: string,
): Promise<boolean> {
  const ofRun = transaction.deleteFrom('run_requesters').where('run_id', '=', runId);
  await ofRun.where('requester', '=', requester).execute();
  const other = await transaction
    .selectFrom('run_requesters')
    .select('requester')
    .where('run_id', '=', runId)
    .limit(1)
    .executeTakeFirst();
  return other !== undefined;
}

/** A run that has ended belongs to nobody: whoever wants it again asks again. */
export async function forgetRequesters(transaction: Transaction<RunTables>, runId: string): Promise<void> {
  await transaction.deleteFrom('run_requesters').where('run_id', '=', runId).execute();
}
