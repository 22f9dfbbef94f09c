import type { Kysely } from 'kysely';
import { readMember, writeMember } from './member-rows.js';
import type { CoordinatorTables } from './tables.js';

const rowsAtOnce = 100;

/** Fills in what follows from the runs of members that were stored without it. */
export async function deriveStages(database: Kysely<CoordinatorTables>): Promise<void> {
  const campaigns = await database.selectFrom('campaigns').select('campaign_id').execute();
  for (const { campaign_id: campaignId } of campaigns) {
    for (let begin = 0; ; begin += rowsAtOnce) {
      const rows = await database
        .selectFrom('campaign_members')
        .selectAll()
        .where('campaign_id', '=', campaignId)
        .where('position', '>=', begin)
        .orderBy('position')
        .limit(rowsAtOnce)
        .execute();
      for (const row of rows) await writeMember(database, campaignId, readMember(row), row.sequence);
      if (rows.length < rowsAtOnce) break;
    }
  }
}
