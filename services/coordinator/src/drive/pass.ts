import { isDeepStrictEqual } from 'node:util';
import { hasEnded, type RunRecord } from '@oneshot/jobs';
import { planOf } from '../campaign/campaign-plan.js';
import { endOf } from '../reconcile/plan.js';
import { decideCourses } from './decide-courses.js';
import type { DrivenCampaign } from './driven-campaign.js';
import { type EndingParts, fail, giveUp, succeed, tidyUp } from './end-campaign.js';
import { progressOf } from './progress.js';
import { refresh } from './refresh.js';
import { submitDue } from './submit-due.js';

/** Members whose runs are submitted before the state of others is looked at again. */
const mostMembers = 256;
const membersAtOnce = 32;

/** Which runs a look is about: those named, or all. */
export type Which = ReadonlySet<string> | 'all';

export interface PassOutcome {
  /** Whether there is more to do at once. */
  readonly again: boolean;
  /** How many runs were looked at. */
  readonly looked: number;
}

/**
 * One look at one campaign: finds its state, and takes steps that are due. Throws when a step
 * cannot be taken now.
 */
export function createPass(
  parts: EndingParts,
  stopping: AbortSignal,
): (campaignId: string, which: Which) => Promise<PassOutcome> {
  const { runs, campaigns, services } = parts;

  /** The campaign's run if it is still being driven. */
  async function current(campaignId: string): Promise<RunRecord | undefined> {
    const run = await runs.get(campaignId);
    return run === undefined || hasEnded(run.state) ? undefined : run;
  }

  /** Submits what is due; false: there is more. */
  async function submitAll(driven: DrivenCampaign): Promise<boolean> {
    let from = 0;
    for (let done = 0; done < mostMembers; ) {
      if (stopping.aborted || (await current(driven.id)) === undefined) return true;
      const members = await campaigns.dueMembers(driven.id, from, membersAtOnce);
      await submitDue(driven, members);
      const last = members.at(-1);
      if (last === undefined || members.length < membersAtOnce) return true;
      from = last.index + 1;
      done += members.length;
    }
    return false;
  }

  async function tellProgress(driven: DrivenCampaign): Promise<void> {
    const progress = progressOf(await campaigns.stages(driven.id));
    const run = await current(driven.id);
    if (run !== undefined && !isDeepStrictEqual(progress, run.progress)) await runs.change(driven.id, { progress });
  }

  /** Ends a campaign if nothing is left to come; false: wait. */
  async function end(driven: DrivenCampaign, run: RunRecord): Promise<boolean> {
    const stages = await campaigns.stages(driven.id);
    const ending = endOf(stages);
    if (ending === undefined || stopping.aborted) return false;
    if (Object.keys(stages).length === 0) await giveUp(parts, driven.id, withoutMembers);
    else if (ending === 'success') await succeed(parts, run);
    else await fail(parts, run, driven, stages);
    return true;
  }

  return async (campaignId, which) => {
    const found = await runs.get(campaignId);
    if (found === undefined) return { again: false, looked: 0 };
    if (hasEnded(found.state)) {
      await tidyUp(parts, found);
      return { again: false, looked: 0 };
    }
    const run = found.state === 'QUEUED' ? await runs.change(campaignId, { state: 'RUNNING' }) : found;
    if (run === undefined || hasEnded(run.state)) return { again: true, looked: 0 };
    const driven = { id: campaignId, campaigns, services, ...planOf(run) };
    const { looked, changed } = await refresh(driven, which);
    await decideCourses(driven, which === 'all' ? 'all' : changed);
    const allSubmitted = await submitAll(driven);
    await tellProgress(driven);
    return { again: !allSubmitted || (await end(driven, run)), looked };
  };
}

/** An earlier version could stop between the storing of a campaign and that of its members. */
const withoutMembers = {
  reason: 'CAMPAIGN_INCOMPLETE',
  message: 'The campaign was stored without its members; submit it again.',
};
