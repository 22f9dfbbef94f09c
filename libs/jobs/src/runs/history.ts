import type { Transaction } from 'kysely';
import type { RunTables } from './tables.js';

/** How many of the newest progress reports of a run stay as they are. */
const keptWhole = 128;
/** Thinning looks at the history once in so many changes. */
const every = 128;

/**
 * Keeps the history of a run bounded. Changes of state stay for ever; of the progress reports the
 * newest 128 stay, and each time 128 have been added the older ones are merged in pairs of
 * neighbours: the later one stays and stands for both (its `first_sequence` becomes that of the
 * earlier one). So the table grows with the logarithm of the number of reports, and the numbers of
 * a run, read one after the other as `first_sequence` to `sequence`, still leave none out.
 */
export async function thinHistory(transaction: Transaction<RunTables>, runId: string, sequence: number): Promise<void> {
  if (sequence % every !== 0) return;
  const reports = await transaction
    .selectFrom('run_updates')
    .select(['sequence', 'first_sequence'])
    .where('run_id', '=', runId)
    .where('progress_only', '=', 1)
    .orderBy('sequence')
    .execute();
  const older = reports.slice(0, Math.max(0, reports.length - keptWhole));
  for (let index = 0; index + 1 < older.length; ) {
    const earlier = older[index];
    const later = older[index + 1];
    // A change of state between two reports keeps them apart.
    if (!earlier || !later || later.first_sequence !== earlier.sequence + 1) {
      index += 1;
      continue;
    }
    const ofRun = transaction.deleteFrom('run_updates').where('run_id', '=', runId);
    await ofRun.where('sequence', '=', earlier.sequence).execute();
    await transaction
      .updateTable('run_updates')
      .set({ first_sequence: earlier.first_sequence })
      .where('run_id', '=', runId)
      .where('sequence', '=', later.sequence)
      .execute();
    index += 2;
  }
}
