import type { Run } from '@oneshot/contracts';
import type { MemberKey } from '../campaign/members.js';
import type { MemberRunKind } from '../reconcile/member-state.js';
import { type Step, stepsOf } from '../reconcile/plan.js';
import type { StoredMember } from '../store/member-rows.js';
import { atOnce } from './at-once.js';
import type { DrivenCampaign } from './driven-campaign.js';
import { BrokenResult } from './passing-error.js';
import { selectionOf } from './selection.js';
import { evaluationSpec, lookupSpec, searchSpec, trainingSpec } from './specs.js';
import { submitOrRefuse } from './submit-or-refuse.js';

const callsAtOnce = 8;

/**
 * Submits the runs that are due of these members, and stores them; what was submitted before a
 * failure is stored too.
 */
export async function submitDue(driven: DrivenCampaign, members: readonly StoredMember[]): Promise<void> {
  const changed: StoredMember[] = [];
  try {
    const work = (member: StoredMember) => submitSteps(driven, member);
    await atOnce(members, callsAtOnce, work, (member) => changed.push(member));
  } finally {
    await driven.campaigns.update(driven.id, changed);
  }
}

async function submitSteps(driven: DrivenCampaign, member: StoredMember): Promise<StoredMember> {
  const key = driven.keys[member.index];
  if (key === undefined) throw new Error(`There is no member ${member.index}.`);
  let changed = member;
  for (const step of stepsOf(member)) changed = await submitStep(driven, key, step, changed);
  return changed;
}

async function submitStep(
  { id, campaign, services }: DrivenCampaign,
  key: MemberKey,
  step: Step,
  member: StoredMember,
): Promise<StoredMember> {
  const submit = (kind: MemberRunKind, specOf: () => Readonly<Record<string, unknown>>) =>
    submitOrRefuse(services, kind, specOf, id);
  switch (step.kind) {
    case 'search':
      return { ...member, search: await submit('search', () => searchSpec(campaign, key)) };
    case 'training': {
      const run = await submit('training', () => trainingSpec(key, step.set, selectionOf(key, member)));
      return { ...member, trainings: member.trainings.with(step.set, run) };
    }
    case 'lookup': {
      const run = await submit('evaluation', () => lookupSpec(campaign, selectionOf(key, member)));
      return { ...member, evaluations: member.evaluations.with(0, run) };
    }
    case 'evaluation': {
      const run = await submit('evaluation', () => evaluationSpec(campaign, key, modelIdOf(step.training)));
      return { ...member, evaluations: member.evaluations.with(step.set, run) };
    }
  }
}

function modelIdOf({ id, result }: Run): string {
  const modelId: unknown = result?.modelId;
  if (typeof modelId === 'string' && modelId !== '') return modelId;
  throw new BrokenResult(`Run ${id} succeeded, but its result has no modelId.`);
}
