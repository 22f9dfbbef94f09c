import type { JsonObject, RunFailure, RunRecord, RunStore } from '@oneshot/jobs';
import type { StageCounts } from '../reconcile/plan.js';
import type { CampaignStore } from '../store/campaign-store-types.js';
import { describeFailures, membersTold } from './describe-failures.js';
import type { DrivenCampaign } from './driven-campaign.js';
import { leaveRuns } from './leave-runs.js';
import type { MemberServices } from './member-services.js';
import { BrokenResult, failureOf, natureOf } from './passing-error.js';

export interface EndingParts {
  readonly runs: RunStore;
  readonly campaigns: CampaignStore;
  readonly services: MemberServices;
  /**
   * Ranks the members of a campaign that are all done, and builds its report; returns the
   * campaign's result.
   */
  readonly conclude: (run: RunRecord) => Promise<JsonObject>;
  /** Notes what the members of a campaign scored, however it ended, where others find it. */
  readonly noteScores: (run: RunRecord) => Promise<void>;
}

/**
 * Ends a campaign whose members are all done. One that cannot be concluded, now or later, fails;
 * its members stay as they are.
 */
export async function succeed({ runs, conclude, noteScores }: EndingParts, run: RunRecord): Promise<void> {
  let result: JsonObject;
  try {
    await noteScores(run);
    result = await conclude(run);
  } catch (error) {
    if (!(error instanceof BrokenResult) && natureOf(error) !== 'permanent') throw error;
    const { reason, message } = failureOf(error);
    const failure = { reason, message: `All members are done, but the campaign cannot be concluded: ${message}` };
    await runs.change(run.id, { state: 'FAILED', failure }, run.attempt);
    return;
  }
  await runs.change(run.id, { state: 'SUCCEEDED', result }, run.attempt);
}

/** Ends a campaign whose members have all ended, some not well. */
export async function fail(
  { runs, noteScores }: EndingParts,
  run: RunRecord,
  { campaigns, keys }: DrivenCampaign,
  stages: StageCounts,
): Promise<void> {
  const failure = describeFailures(keys, await campaigns.unwellMembers(run.id, membersTold), stages);
  const trouble = await permanentFailureOf(() => noteScores(run));
  const message = [failure.message, ...(trouble === undefined ? [] : [`Scores were not noted: ${trouble}`])].join(' ');
  await runs.change(run.id, { state: 'FAILED', failure: { ...failure, message } }, run.attempt);
}

/** Ends a campaign that cannot be driven. */
export async function giveUp({ runs }: Pick<EndingParts, 'runs'>, id: string, failure: RunFailure): Promise<void> {
  await runs.change(id, { state: 'FAILED', failure });
}

/** Does what is left to be done for a campaign that has ended. */
export async function tidyUp({ campaigns, services, noteScores }: EndingParts, run: RunRecord): Promise<void> {
  await permanentFailureOf(() => leaveRuns({ id: run.id, campaigns, services }));
  // A campaign that ended by itself has noted its scores before.
  if (run.state === 'CANCELLED') await permanentFailureOf(() => noteScores(run));
  await campaigns.close(run.id);
}

/**
 * What makes a step fail that has no hope; undefined if it succeeded. Failures that may pass are
 * thrown.
 */
async function permanentFailureOf(step: () => Promise<void>): Promise<string | undefined> {
  try {
    await step();
    return undefined;
  } catch (error) {
    if (natureOf(error) === 'passing') throw error;
    return failureOf(error).message;
  }
}
