import { EventEmitter } from 'node:events';
import { decodePageToken, fillPage } from '@oneshot/service-kit';
import type { Database } from '@oneshot/storage';
import type { Kysely } from 'kysely';
import { endedBadly, runsOf } from '../reconcile/member-state.js';
import type { CampaignStore } from './campaign-store-types.js';
import { insertMembers, type NewMember, readMember, withoutRuns, writeMember } from './member-rows.js';
import type { CoordinatorTables, MemberRow } from './tables.js';

/** How many members are read at once where all are gone through. */
const rowsAtOnce = 50;

export function createCampaignStore(database: Database<CoordinatorTables>): CampaignStore {
  const changes = new EventEmitter().setMaxListeners(0);
  const { queries } = database;

  const rowsOf = (campaignId: string) =>
    queries.selectFrom('campaign_members').selectAll().where('campaign_id', '=', campaignId);

  return {
    create: (tables, campaignId, members) => createCampaign(ownTables(tables), campaignId, members),

    async reopen(tables, campaignId, members) {
      const own = ownTables(tables);
      if ((await findCampaign(own, campaignId)) === undefined) await createCampaign(own, campaignId, members);
      else await reopenCampaign(own, campaignId);
    },

    async close(campaignId) {
      const closed = await database.transaction(async (transaction) => {
        const run = await transaction
          .selectFrom('runs')
          .select('state')
          .where('id', '=', campaignId)
          .executeTakeFirst();
        if (run?.state === 'QUEUED' || run?.state === 'RUNNING') return false;
        const sequence = await nextNumbers(transaction, campaignId, 1);
        if (sequence === undefined) return false;
        const campaign = transaction.updateTable('campaigns').set({ open: 0, own_sequence: sequence });
        await campaign.where('campaign_id', '=', campaignId).execute();
        return true;
      });
      if (closed) changes.emit(campaignId);
    },

    async openCampaigns() {
      const rows = await queries
        .selectFrom('runs')
        .leftJoin('campaigns', 'campaigns.campaign_id', 'runs.id')
        .select('runs.id')
        .where('runs.kind', '=', 'campaign')
        .where((where) => where.or([where('open', '=', 1), where('runs.state', 'in', ['QUEUED', 'RUNNING'])]))
        .execute();
      return rows.map(({ id }) => id);
    },

    async stages(campaignId) {
      const rows = await queries
        .selectFrom('campaign_members')
        .select(({ fn }) => ['stage', fn.countAll<number>().as('count')])
        .where('campaign_id', '=', campaignId)
        .groupBy('stage')
        .execute();
      return Object.fromEntries(rows.map(({ stage, count }) => [stage, Number(count)]));
    },

    async members(campaignId, from, limit) {
      const rows = rowsOf(campaignId).where('position', '>=', from).orderBy('position').limit(limit);
      return (await rows.execute()).map(readMember);
    },

    async membersAt(campaignId, positions) {
      const rows = rowsOf(campaignId)
        .where('position', 'in', [...positions])
        .orderBy('position');
      return (await rows.execute()).map(readMember);
    },

    async page(campaignId, pageSize, pageToken) {
      const [begin = -1] = decodePageToken(pageToken, ['number'] as const) ?? [];
      const { page, nextPageToken } = await fillPage<MemberRow>(pageSize, {
        read: (last, limit) => {
          const rows = rowsOf(campaignId).where('position', '>', last?.position ?? begin);
          return rows.orderBy('position').limit(limit).execute();
        },
        bytesOf: ({ search, trainings, evaluations }) =>
          256 + (search?.length ?? 0) + trainings.length + evaluations.length,
        positionOf: (last) => [last.position],
      });
      return { members: page.map(readMember), nextPageToken };
    },

    async dueMembers(campaignId, from, limit) {
      const rows = rowsOf(campaignId).where('due', '=', 1).where('position', '>=', from);
      return (await rows.orderBy('position').limit(limit).execute()).map(readMember);
    },

    async unwellMembers(campaignId, limit) {
      const rows = rowsOf(campaignId).where('stage', 'in', ['failed', 'cancelled']);
      return (await rows.orderBy('position').limit(limit).execute()).map(readMember);
    },

    async positionsIn(campaignId, stage) {
      const rows = queries.selectFrom('campaign_members').select('position').where('campaign_id', '=', campaignId);
      return (await rows.where('stage', '=', stage).execute()).map(({ position }) => position);
    },

    async unfinishedRuns(campaignId, ids) {
      let query = queries
        .selectFrom('unfinished_runs')
        .select(({ fn }) => ['kind', 'run_id as id', fn.min<number>('sequence').as('sequence')])
        .where('campaign_id', '=', campaignId);
      if (ids !== undefined) query = query.where('run_id', 'in', [...ids]);
      const rows = await query.groupBy(['kind', 'run_id']).execute();
      return rows.map(({ kind, id, sequence }) => ({ kind, id, sequence: Number(sequence) }));
    },

    async membersOfRuns(campaignId, runIds) {
      const positions = queries
        .selectFrom('unfinished_runs')
        .select('position')
        .where('campaign_id', '=', campaignId)
        .where('run_id', 'in', [...runIds]);
      const rows = rowsOf(campaignId).where('position', 'in', positions).orderBy('position');
      return (await rows.execute()).map(readMember);
    },

    async campaignsOfRun(runId) {
      const rows = queries.selectFrom('unfinished_runs').select('campaign_id').distinct();
      return (await rows.where('run_id', '=', runId).execute()).map((row) => row.campaign_id);
    },

    async update(campaignId, members) {
      if (members.length === 0) return;
      await database.transaction(async (transaction) => {
        const last = await nextNumbers(transaction, campaignId, members.length);
        if (last === undefined) return;
        let sequence = last - members.length;
        for (const member of members) {
          sequence += 1;
          const now = await transaction
            .selectFrom('campaign_members')
            .select('sequence')
            .where('campaign_id', '=', campaignId)
            .where('position', '=', member.index)
            .executeTakeFirst();
          if (Number(now?.sequence) === member.revision) await writeMember(transaction, campaignId, member, sequence);
        }
      });
      changes.emit(campaignId);
    },

    async touch(campaignId) {
      await database.transaction(async (transaction) => {
        const sequence = await nextNumbers(transaction, campaignId, 1);
        const campaign = transaction.updateTable('campaigns').set({ own_sequence: sequence });
        await campaign.where('campaign_id', '=', campaignId).execute();
      });
      changes.emit(campaignId);
    },

    async changesAfter(campaignId, sequence, limit) {
      const campaign = await findCampaign(queries, campaignId);
      if (campaign === undefined) return undefined;
      // What changes between the two queries has a number beyond the campaign's, and is found the
      // next time: no lock is needed.
      const rows = await rowsOf(campaignId)
        .where('sequence', '>', sequence)
        .where('sequence', '<=', campaign.sequence)
        .orderBy('sequence')
        .limit(limit)
        .execute();
      const more = rows.length === limit;
      const told = more ? Number(rows.at(-1)?.sequence) : Number(campaign.sequence);
      const own = Number(campaign.own_sequence);
      return {
        own: own > sequence && own <= told ? own : undefined,
        members: rows.map(readMember),
        more,
        open: campaign.open === 1,
      };
    },

    onChange(campaignId, listener) {
      changes.on(campaignId, listener);
      return () => void changes.off(campaignId, listener);
    },
  };
}

/**
 * The tables of runs and those of campaigns lie in one database; the type of a transaction of the
 * former does not tell.
 */
function ownTables(tables: unknown): Kysely<CoordinatorTables> {
  return tables as Kysely<CoordinatorTables>;
}

function findCampaign(tables: Kysely<CoordinatorTables>, campaignId: string) {
  return tables.selectFrom('campaigns').selectAll().where('campaign_id', '=', campaignId).executeTakeFirst();
}

/**
 * Takes the next `count` numbers of the campaign's history; returns the last of them. Undefined: no
 * such campaign.
 */
async function nextNumbers(
  tables: Kysely<CoordinatorTables>,
  campaignId: string,
  count: number,
): Promise<number | undefined> {
  const row = await tables
    .updateTable('campaigns')
    .set((columns) => ({ sequence: columns('sequence', '+', count) }))
    .where('campaign_id', '=', campaignId)
    .returning('sequence')
    .executeTakeFirst();
  return row === undefined ? undefined : Number(row.sequence);
}

async function createCampaign(
  tables: Kysely<CoordinatorTables>,
  campaignId: string,
  members: readonly NewMember[],
): Promise<void> {
  const sequence = 1 + members.length;
  // The campaign takes the first number of its history, its members the next ones.
  const campaign = { campaign_id: campaignId, open: 1, sequence, own_sequence: 1 };
  await tables.insertInto('campaigns').values(campaign).execute();
  await insertMembers(tables, campaignId, members);
}

/**
 * Members that ended badly are begun anew: each of their runs is found again where what it stored
 * is whole, and done again where it is not. If all members are done, what one of them stored may
 * have kept the campaign from its conclusion, and all are looked at in this way.
 */
async function reopenCampaign(tables: Kysely<CoordinatorTables>, campaignId: string): Promise<void> {
  const unfinished = await tables
    .selectFrom('campaign_members')
    .select('position')
    .where('campaign_id', '=', campaignId)
    .where('stage', '!=', 'done')
    .limit(1)
    .executeTakeFirst();
  const allDone = unfinished === undefined;
  for (let from = 0; ; ) {
    const rows = await tables
      .selectFrom('campaign_members')
      .selectAll()
      .where('campaign_id', '=', campaignId)
      .where('position', '>=', from)
      .orderBy('position')
      .limit(rowsAtOnce)
      .execute();
    for (const member of rows.map(readMember)) {
      if (!allDone && !runsOf(member).some(endedBadly)) continue;
      const sequence = await nextNumbers(tables, campaignId, 1);
      if (sequence !== undefined) await writeMember(tables, campaignId, withoutRuns(member), sequence);
    }
    const last = rows.at(-1);
    if (last === undefined || rows.length < rowsAtOnce) break;
    from = last.position + 1;
  }
  const own_sequence = await nextNumbers(tables, campaignId, 1);
  const campaign = tables.updateTable('campaigns').set({ open: 1, own_sequence });
  await campaign.where('campaign_id', '=', campaignId).execute();
}
