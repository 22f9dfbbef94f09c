import type { RunTables } from '@oneshot/jobs';
import type { Kysely } from 'kysely';
import type { MemberRunKind } from '../reconcile/member-state.js';
import type { StageCounts } from '../reconcile/plan.js';
import type { NewMember, StoredMember } from './member-rows.js';

/** What changed after a given number of a campaign's history; each part as it is now. */
export interface CampaignChanges {
  /** Number of the campaign's own last change, if that is among them. */
  readonly own: number | undefined;
  /** In the order of their changes. */
  readonly members: readonly StoredMember[];
  /** Whether there are further changes behind these. */
  readonly more: boolean;
  /** Whether anything is left to be done for the campaign. */
  readonly open: boolean;
}

/** A run of members that had not ended when it was last looked at. */
export interface UnfinishedRun {
  readonly kind: MemberRunKind;
  readonly id: string;
  /** The run's own, as last found. */
  readonly sequence: number;
}

/** A page of a campaign's members, in its order. */
export interface MemberPage {
  readonly members: readonly StoredMember[];
  /** Empty: these are the last. */
  readonly nextPageToken: string;
}

/**
 * Members of campaigns, and one history per campaign that numbers the changes of the campaign and
 * of its members. Nothing here reads all members of a campaign at once.
 */
export interface CampaignStore {
  /**
   * Creates a campaign with its members, all without runs, in the transaction that stores its run.
   */
  create(tables: Kysely<RunTables>, campaignId: string, members: readonly NewMember[]): Promise<void>;
  /**
   * Opens a campaign again, in the transaction that queues its run: members that ended badly forget
   * all their runs, to be submitted anew; if all are done, all members do, since what they stored
   * may be damaged. A campaign that was stored without its members gets them.
   */
  reopen(tables: Kysely<RunTables>, campaignId: string, members: readonly NewMember[]): Promise<void>;
  /** Nothing is left to be done; a campaign that goes on again meanwhile stays open. */
  close(campaignId: string): Promise<void>;
  /** Every campaign for which something is left to be done. */
  openCampaigns(): Promise<readonly string[]>;
  /** How many members are in each stage. */
  stages(campaignId: string): Promise<StageCounts>;
  /** The members from a position on, at most `limit`. */
  members(campaignId: string, from: number, limit: number): Promise<readonly StoredMember[]>;
  /** The members at these positions. */
  membersAt(campaignId: string, positions: readonly number[]): Promise<readonly StoredMember[]>;
  page(campaignId: string, pageSize: number, pageToken: string): Promise<MemberPage>;
  /** Members of which a run is to be submitted, at most `limit`, from a position on. */
  dueMembers(campaignId: string, from: number, limit: number): Promise<readonly StoredMember[]>;
  /** The first members that failed or were cancelled, at most `limit`. */
  unwellMembers(campaignId: string, limit: number): Promise<readonly StoredMember[]>;
  /** Positions of the members in a stage. */
  positionsIn(campaignId: string, stage: 'search' | 'select'): Promise<readonly number[]>;
  /**
   * The runs that had not ended when they were last looked at; each once.
   *
   * @param ids only these. Default: all
   */
  unfinishedRuns(campaignId: string, ids?: readonly string[]): Promise<readonly UnfinishedRun[]>;
  /** The members that have one of these runs unfinished. */
  membersOfRuns(campaignId: string, runIds: readonly string[]): Promise<readonly StoredMember[]>;
  /** The campaigns that wait for a run. */
  campaignsOfRun(runId: string): Promise<readonly string[]>;
  /**
   * Stores members in one transaction and numbers the changes; those that changed since they were
   * read stay as they are.
   */
  update(campaignId: string, members: readonly StoredMember[]): Promise<void>;
  /** Numbers a change of the campaign itself. */
  touch(campaignId: string): Promise<void>;
  /** At most `limit` changes; undefined: no such campaign. */
  changesAfter(campaignId: string, sequence: number, limit: number): Promise<CampaignChanges | undefined>;
  /** Calls the listener after every change of the campaign; returns how to stop. */
  onChange(campaignId: string, listener: () => void): () => void;
}
