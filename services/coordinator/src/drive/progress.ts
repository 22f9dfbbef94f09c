import type { RunProgress } from '@oneshot/jobs';
import { isUnfinished, memberStages } from '../reconcile/member-state.js';
import type { StageCounts } from '../reconcile/plan.js';

/**
 * A campaign's progress: the stage its slowest members are in; an "epoch" is a member that has
 * ended.
 */
export function progressOf(stages: StageCounts): RunProgress {
  const count = (chosen: readonly (typeof memberStages)[number][]) =>
    chosen.reduce((sum, stage) => sum + (stages[stage] ?? 0), 0);
  const metrics = Object.fromEntries(memberStages.map((stage) => [`members_${stage}`, count([stage])]));
  const stage = memberStages.find((each) => isUnfinished(each) && count([each]) > 0) ?? 'report';
  const ended = count(memberStages.filter((each) => !isUnfinished(each)));
  return { stage, epoch: ended, epochs: count(memberStages), step: 0, steps: 0, metrics, etaSeconds: 0 };
}
