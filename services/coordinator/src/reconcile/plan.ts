import { type Run, RunState } from '@oneshot/contracts';
import { isUnfinished, type MemberState, type Stage } from './member-state.js';

/** A run of a member that is to be submitted. It may be submitted again without harm. */
export type Step =
  | { readonly kind: 'search' }
  | { readonly kind: 'training'; readonly set: number }
  /** Asks the table for the genotype found. */
  | { readonly kind: 'lookup' }
  /** Scores the model of the training. */
  | { readonly kind: 'evaluation'; readonly set: number; readonly training: Run };

/**
 * What is to be submitted next for a member, from the state found alone: no memory of earlier
 * steps, so that it makes no difference when or where a coordinator stopped. Nothing: wait, or the
 * member has ended.
 */
export function stepsOf(member: MemberState): readonly Step[] {
  if (member.search === undefined) return [{ kind: 'search' }];
  if (member.search.state !== RunState.RUN_STATE_SUCCEEDED) return [];
  if (member.course === 'wait' || member.course === 'rest') return [];
  if (member.course === 'table') return member.evaluations[0] === undefined ? [{ kind: 'lookup' }] : [];
  return member.trainings.flatMap((training, set): readonly Step[] => {
    if (training === undefined) return [{ kind: 'training', set }];
    if (training.state !== RunState.RUN_STATE_SUCCEEDED || member.evaluations[set] !== undefined) return [];
    return [{ kind: 'evaluation', set, training }];
  });
}

/** How many members are in each stage; none where a stage is missing. */
export type StageCounts = Readonly<Partial<Record<Stage, number>>>;

/** How a campaign ends whose members are in these stages; undefined: members are still to come. */
export function endOf(stages: StageCounts): 'success' | 'failure' | undefined {
  const found = (Object.keys(stages) as Stage[]).filter((stage) => (stages[stage] ?? 0) > 0);
  if (found.some(isUnfinished)) return undefined;
  return found.every((stage) => stage === 'done') ? 'success' : 'failure';
}
