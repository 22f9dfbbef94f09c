import { type Run, RunState } from '@oneshot/contracts';
import { hasEnded, isUnfinished, type MemberState, runsOf, stageOf } from './member-state.js';

/** The three kinds of run a member consists of. */
export type MemberRunKind = 'search' | 'training' | 'evaluation';

/** One step towards the state wanted. Each may be taken again without harm. */
export type Action =
  | { readonly kind: 'submit-search'; readonly member: number }
  | { readonly kind: 'submit-training'; readonly member: number; readonly set: number }
  /** Asks the table for the genotype found. */
  | { readonly kind: 'submit-lookup'; readonly member: number }
  | { readonly kind: 'submit-evaluation'; readonly member: number; readonly set: number; readonly modelId: string }
  | { readonly kind: 'cancel'; readonly run: MemberRunKind; readonly id: string }
  /** Every member is done: rank, report, succeed. */
  | { readonly kind: 'succeed' }
  /** Every member has ended, some not well. */
  | { readonly kind: 'fail'; readonly members: readonly number[] }
  /** Cancelled, and no member is at work any more. */
  | { readonly kind: 'close-cancelled' };

/**
 * What is to be done next, from the state found alone: no memory of earlier steps, so that it makes no difference when or where a
 * coordinator stopped. An empty plan means: wait.
 */
export function plan(members: readonly MemberState[], cancelling: boolean): readonly Action[] {
  if (cancelling) {
    const atWork = members.flatMap(cancellations);
    return atWork.length > 0 ? atWork : [{ kind: 'close-cancelled' }];
  }
  const steps = members.flatMap(nextSteps);
  if (steps.length > 0) return steps;
  const stages = members.map(stageOf);
  if (stages.some(isUnfinished)) return [];
  const unwell = members.filter((_, position) => stages[position] !== 'done').map((member) => member.index);
  return [unwell.length > 0 ? { kind: 'fail', members: unwell } : { kind: 'succeed' }];
}

function nextSteps(member: MemberState): readonly Action[] {
  if (member.search === undefined) return [{ kind: 'submit-search', member: member.index }];
  if (member.search.state !== RunState.RUN_STATE_SUCCEEDED) return [];
  if (member.course === 'wait' || member.course === 'rest') return [];
  if (member.course === 'table') {
    return member.evaluations[0] === undefined ? [{ kind: 'submit-lookup', member: member.index }] : [];
  }
  return member.trainings.flatMap((training, set): readonly Action[] => {
    if (training === undefined) return [{ kind: 'submit-training', member: member.index, set }];
    if (training.state !== RunState.RUN_STATE_SUCCEEDED || member.evaluations[set] !== undefined) return [];
    return [{ kind: 'submit-evaluation', member: member.index, set, modelId: resultText(training, 'modelId') }];
  });
}

function cancellations(member: MemberState): readonly Action[] {
  const kindOf = (run: Run): MemberRunKind =>
    run === member.search ? 'search' : member.trainings.includes(run) ? 'training' : 'evaluation';
  return runsOf(member)
    .filter((run) => !hasEnded(run))
    .map((run) => ({ kind: 'cancel', run: kindOf(run), id: run.id }));
}

/** A text field of a run's result. Throws if the run's service did not keep to its contract. */
function resultText(run: Run, field: string): string {
  const value: unknown = run.result?.[field];
  if (typeof value === 'string' && value !== '') return value;
  throw new Error(`Run ${run.id} succeeded, but its result has no ${field}.`);
}
