import { isDeepStrictEqual } from 'node:util';
import type { Run } from '@oneshot/contracts';
import { type MemberKey, membersOf } from '../campaign/members.js';
import { type Campaign, campaignSchema } from '../campaign/schema.js';
import { changedCourses } from '../reconcile/course.js';
import type { MemberState } from '../reconcile/member-state.js';
import { type Action, type MemberRunKind, plan } from '../reconcile/plan.js';
import { describeFailures } from './describe-failures.js';
import { progressOf } from './progress.js';
import type { ReconcilerOptions } from './reconciler.js';
import { refresh } from './refresh.js';
import { selectionOf } from './selection.js';
import { evaluationSpec, lookupSpec, searchSpec, trainingSpec } from './specs.js';
import { submitOrRefuse } from './submit-or-refuse.js';

interface Context {
  readonly campaignId: string;
  readonly campaign: Campaign;
  readonly keys: readonly MemberKey[];
  /** As stored now: each step replaces what it changed. */
  readonly members: MemberState[];
}

/** One look at one campaign: finds its state, and takes every step that is due. Throws when a step cannot be taken now. */
export function createPass(
  { runs, campaigns, services, conclude, noteScores }: ReconcilerOptions,
  stopping: AbortSignal,
): (campaignId: string) => Promise<void> {
  async function submit(
    kind: MemberRunKind,
    context: Context,
    position: number,
    specOf: (key: MemberKey, member: MemberState) => Readonly<Record<string, unknown>>,
    withRun: (member: MemberState, run: Run) => MemberState,
  ): Promise<void> {
    const member = context.members[position];
    const key = context.keys[position];
    if (member === undefined || key === undefined) throw new Error(`There is no member ${position}.`);
    const changed = withRun(member, await submitOrRefuse(services, kind, specOf(key, member)));
    await campaigns.update(context.campaignId, [changed]);
    context.members[position] = changed;
  }

  async function take(action: Action, context: Context): Promise<void> {
    const { campaignId, campaign, keys, members } = context;
    switch (action.kind) {
      case 'submit-search':
        return submit(
          'search',
          context,
          action.member,
          (key) => searchSpec(campaign, key),
          (member, run) => ({ ...member, search: run }),
        );
      case 'submit-training':
        return submit(
          'training',
          context,
          action.member,
          (key, member) => trainingSpec(key, action.set, selectionOf(key, member)),
          (member, run) => ({ ...member, trainings: member.trainings.with(action.set, run) }),
        );
      case 'submit-lookup':
        return submit(
          'evaluation',
          context,
          action.member,
          (key, member) => lookupSpec(campaign, selectionOf(key, member)),
          (member, run) => ({ ...member, evaluations: member.evaluations.with(0, run) }),
        );
      case 'submit-evaluation':
        return submit(
          'evaluation',
          context,
          action.member,
          (key) => evaluationSpec(campaign, key, action.modelId),
          (member, run) => ({ ...member, evaluations: member.evaluations.with(action.set, run) }),
        );
      case 'cancel':
        await services.cancel(action.run, action.id);
        return;
      case 'succeed':
        await noteScores(campaignId);
        await runs.change(campaignId, { state: 'SUCCEEDED', result: await conclude(campaignId) });
        return campaigns.close(campaignId);
      case 'fail':
        await noteScores(campaignId);
        await runs.change(campaignId, { state: 'FAILED', failure: describeFailures(keys, members, action.members) });
        return campaigns.close(campaignId);
      case 'close-cancelled':
        await noteScores(campaignId);
        return campaigns.close(campaignId);
    }
  }

  return async (campaignId) => {
    const run = await runs.get(campaignId);
    if (run === undefined) return;
    // A stop between the campaign's end and its closing leaves it open.
    if (run.state === 'SUCCEEDED' || run.state === 'FAILED') return campaigns.close(campaignId);
    if (run.state === 'QUEUED') await runs.change(campaignId, { state: 'RUNNING' });
    const campaign = campaignSchema.parse(run.spec);
    const changed = await refresh(await campaigns.members(campaignId), services);
    await campaigns.update(campaignId, changed);
    const keys = membersOf(campaign);
    await campaigns.update(campaignId, changedCourses(campaign, keys, await campaigns.members(campaignId)));
    const members = [...(await campaigns.members(campaignId))];
    const context = { campaignId, campaign, keys, members };
    const cancelling = run.state === 'CANCELLED';
    const progress = progressOf(members);
    if (!cancelling && !isDeepStrictEqual(progress, run.progress)) await runs.change(campaignId, { progress });
    for (const action of plan(members, cancelling)) {
      if (stopping.aborted) return;
      if (!cancelling && (await runs.get(campaignId))?.state === 'CANCELLED') return;
      await take(action, context);
    }
  };
}
