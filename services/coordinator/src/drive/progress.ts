import type { RunProgress } from '@oneshot/jobs';
import { isUnfinished, type MemberState, memberStages, stageOf } from '../reconcile/member-state.js';

/** A campaign's progress: the stage its slowest members are in; an "epoch" is a member that has ended. */
export function progressOf(members: readonly MemberState[]): RunProgress {
  const stages = members.map(stageOf);
  const ended = stages.filter((stage) => !isUnfinished(stage)).length;
  const metrics = Object.fromEntries(
    memberStages.map((stage) => [`members_${stage}`, stages.filter((found) => found === stage).length]),
  );
  const stage = memberStages.find((stage) => isUnfinished(stage) && stages.includes(stage)) ?? 'report';
  return { stage, epoch: ended, epochs: members.length, step: 0, steps: 0, metrics, etaSeconds: 0 };
}
