import { EventEmitter } from 'node:events';
import { Run } from '@oneshot/contracts';
import type { Database } from '@oneshot/storage';
import type { Transaction } from 'kysely';
import type { Course } from '../reconcile/course.js';
import { endedBadly, type MemberState, runsOf } from '../reconcile/member-state.js';
import type { CoordinatorTables, MemberRow } from './tables.js';

/** What changed after a given number of a campaign's history; each part as it is now. */
export interface CampaignChanges {
  /** Number of the campaign's own last change, if that is among them. */
  readonly own: number | undefined;
  readonly members: readonly { readonly sequence: number; readonly member: MemberState }[];
  /** Whether anything is left to be done for the campaign. */
  readonly open: boolean;
}

/** A member without runs. */
export interface NewMember {
  /** Hyperparameter sets of its retraining. */
  readonly sets: number;
  readonly course: Course;
}

/** Members of campaigns, and one history per campaign that numbers the changes of the campaign and of its members. */
export interface CampaignStore {
  /** Creates the members, all without runs; a campaign that is there already stays as it is. */
  create(campaignId: string, members: readonly NewMember[]): Promise<void>;
  /** Opens a campaign again: runs that ended badly are forgotten, to be submitted anew. */
  reopen(campaignId: string): Promise<void>;
  /** Nothing is left to be done. */
  close(campaignId: string): Promise<void>;
  /** Every campaign for which something is left to be done. */
  openCampaigns(): Promise<readonly string[]>;
  members(campaignId: string): Promise<readonly MemberState[]>;
  /** Stores members and numbers the change. */
  update(campaignId: string, members: readonly MemberState[]): Promise<void>;
  /** Numbers a change of the campaign itself. */
  touch(campaignId: string): Promise<void>;
  /** Undefined: no such campaign. */
  changesAfter(campaignId: string, sequence: number): Promise<CampaignChanges | undefined>;
  /** Calls the listener after every change of the campaign; returns how to stop. */
  onChange(campaignId: string, listener: () => void): () => void;
}

export function createCampaignStore(database: Database<CoordinatorTables>): CampaignStore {
  const changes = new EventEmitter().setMaxListeners(0);

  /** Runs `work` with the next number of the campaign's history. */
  async function numbered(
    campaignId: string,
    work: (transaction: Transaction<CoordinatorTables>, sequence: number) => Promise<void>,
  ): Promise<void> {
    const done = await database.transaction(async (transaction) => {
      const row = await transaction
        .updateTable('campaigns')
        .set((columns) => ({ sequence: columns('sequence', '+', 1) }))
        .where('campaign_id', '=', campaignId)
        .returning('sequence')
        .executeTakeFirst();
      if (row === undefined) return false;
      await work(transaction, Number(row.sequence));
      return true;
    });
    if (done) changes.emit(campaignId);
  }

  return {
    async create(campaignId, members) {
      await database.transaction(async (transaction) => {
        if ((await findCampaign(transaction, campaignId)) !== undefined) return;
        await insertCampaign(transaction, campaignId, members);
      });
      changes.emit(campaignId);
    },

    async reopen(campaignId) {
      await database.transaction(async (transaction) => {
        const found = await findCampaign(transaction, campaignId);
        if (found !== undefined) await reopenCampaign(transaction, campaignId, found.sequence);
      });
      changes.emit(campaignId);
    },

    async close(campaignId) {
      await numbered(campaignId, async (transaction, sequence) => {
        await transaction
          .updateTable('campaigns')
          .set({ open: 0, own_sequence: sequence })
          .where('campaign_id', '=', campaignId)
          .execute();
      });
    },

    async openCampaigns() {
      const rows = await database.queries.selectFrom('campaigns').select('campaign_id').where('open', '=', 1).execute();
      return rows.map((row) => row.campaign_id);
    },

    async members(campaignId) {
      const rows = await database.queries
        .selectFrom('campaign_members')
        .selectAll()
        .where('campaign_id', '=', campaignId)
        .orderBy('position')
        .execute();
      return rows.map(readMember);
    },

    async update(campaignId, members) {
      for (const member of members) {
        await numbered(campaignId, (transaction, sequence) => writeMember(transaction, campaignId, member, sequence));
      }
    },

    async touch(campaignId) {
      await numbered(campaignId, async (transaction, sequence) => {
        await transaction
          .updateTable('campaigns')
          .set({ own_sequence: sequence })
          .where('campaign_id', '=', campaignId)
          .execute();
      });
    },

    changesAfter(campaignId, sequence) {
      // One transaction, so that no change falls between the campaign and its members.
      return database.transaction(async (transaction) => {
        const campaign = await findCampaign(transaction, campaignId);
        if (campaign === undefined) return undefined;
        const rows = await transaction
          .selectFrom('campaign_members')
          .selectAll()
          .where('campaign_id', '=', campaignId)
          .where('sequence', '>', sequence)
          .orderBy('sequence')
          .orderBy('position')
          .execute();
        return {
          own: campaign.own_sequence > sequence ? Number(campaign.own_sequence) : undefined,
          members: rows.map((row) => ({ sequence: Number(row.sequence), member: readMember(row) })),
          open: campaign.open === 1,
        };
      });
    },

    onChange(campaignId, listener) {
      changes.on(campaignId, listener);
      return () => void changes.off(campaignId, listener);
    },
  };
}

function findCampaign(transaction: Transaction<CoordinatorTables>, campaignId: string) {
  return transaction.selectFrom('campaigns').selectAll().where('campaign_id', '=', campaignId).executeTakeFirst();
}

/** The campaign takes the first number of its history, its members the next ones. */
async function insertCampaign(
  transaction: Transaction<CoordinatorTables>,
  campaignId: string,
  members: readonly NewMember[],
): Promise<void> {
  await transaction
    .insertInto('campaigns')
    .values({ campaign_id: campaignId, open: 1, sequence: 1 + members.length, own_sequence: 1 })
    .execute();
  for (const [position, { sets, course }] of members.entries()) {
    const none = JSON.stringify(Array.from({ length: sets }, () => null));
    await transaction
      .insertInto('campaign_members')
      .values({
        campaign_id: campaignId,
        position,
        course,
        search: null,
        trainings: none,
        evaluations: none,
        sequence: 2 + position,
      })
      .execute();
  }
}

async function reopenCampaign(
  transaction: Transaction<CoordinatorTables>,
  campaignId: string,
  lastSequence: number,
): Promise<void> {
  const rows = await transaction
    .selectFrom('campaign_members')
    .selectAll()
    .where('campaign_id', '=', campaignId)
    .execute();
  let sequence = Number(lastSequence);
  for (const member of rows.map(readMember)) {
    if (!runsOf(member).some(endedBadly)) continue;
    sequence += 1;
    await writeMember(transaction, campaignId, withoutBadEndings(member), sequence);
  }
  sequence += 1;
  await transaction
    .updateTable('campaigns')
    .set({ open: 1, sequence, own_sequence: sequence })
    .where('campaign_id', '=', campaignId)
    .execute();
}

async function writeMember(
  transaction: Transaction<CoordinatorTables>,
  campaignId: string,
  member: MemberState,
  sequence: number,
): Promise<void> {
  const text = (run: Run | undefined) => (run === undefined ? null : Run.toJSON(run));
  await transaction
    .updateTable('campaign_members')
    .set({
      course: member.course,
      search: member.search === undefined ? null : JSON.stringify(Run.toJSON(member.search)),
      trainings: JSON.stringify(member.trainings.map(text)),
      evaluations: JSON.stringify(member.evaluations.map(text)),
      sequence,
    })
    .where('campaign_id', '=', campaignId)
    .where('position', '=', member.index)
    .execute();
}

function readMember(row: MemberRow): MemberState {
  const list = (text: string) =>
    (JSON.parse(text) as unknown[]).map((run) => (run === null ? undefined : Run.fromJSON(run)));
  return {
    index: row.position,
    course: row.course,
    search: row.search === null ? undefined : Run.fromJSON(JSON.parse(row.search)),
    trainings: list(row.trainings),
    evaluations: list(row.evaluations),
  };
}

/** The member without the runs that failed or were cancelled. */
function withoutBadEndings(member: MemberState): MemberState {
  const kept = (run: Run | undefined) => (run !== undefined && endedBadly(run) ? undefined : run);
  return {
    index: member.index,
    course: member.course,
    search: kept(member.search),
    trainings: member.trainings.map(kept),
    evaluations: member.evaluations.map(kept),
  };
}
