import type { RunTables } from '@oneshot/jobs';
import type { Course, MemberRunKind, Stage } from '../reconcile/member-state.js';

/** What the coordinator keeps of a campaign beside its run. */
export interface CampaignRow {
  campaign_id: string;
  /**
   * 1 until nothing is left to be done for it: a campaign that has ended may still have runs to
   * cancel.
   */
  open: number;
  /** The last number given in the campaign's history. */
  sequence: number;
  /** The number of the last change of the campaign itself. */
  own_sequence: number;
}

/** The runs of one member as last found. */
export interface MemberRow {
  campaign_id: string;
  position: number;
  /** What follows from the runs: how far the member is. */
  stage: Stage;
  /** 1 if a run of the member is to be submitted. */
  due: number;
  /** What follows its search. */
  course: Course;
  /** JSON of oneshot.v1.Run; null: not submitted. */
  search: string | null;
  /** JSON list of oneshot.v1.Run or null, one per hyperparameter set. */
  trainings: string;
  evaluations: string;
  /** The number of its last change in the campaign's history. */
  sequence: number;
}

/** A run of a member that had not ended when it was last looked at. */
export interface UnfinishedRunRow {
  campaign_id: string;
  position: number;
  kind: MemberRunKind;
  run_id: string;
  /** The run's own, as last found. */
  sequence: number;
}

export interface CoordinatorTables extends RunTables {
  campaigns: CampaignRow;
  campaign_members: MemberRow;
  unfinished_runs: UnfinishedRunRow;
}
