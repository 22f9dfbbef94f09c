import { type Run, RunState } from '@oneshot/contracts';
import { isFinalState } from '@oneshot/jobs';

/**
 * What follows a member's search: `retrain` its genotype and score the model; look it up in a
 * `table`; `wait` for the searches of the other seeds, which decide; `rest`, because another seed's
 * genotype was taken or cannot be decided on.
 */
export type Course = 'wait' | 'retrain' | 'table' | 'rest';

/** The runs of one member as last found; `undefined`: not submitted yet. */
export interface MemberState {
  readonly index: number;
  /** What follows its search. */
  readonly course: Course;
  readonly search: Run | undefined;
  /** One per hyperparameter set. */
  readonly trainings: readonly (Run | undefined)[];
  /**
   * Evaluation i scores the model of training i; on the course `table` the first is the answer of
   * the table.
   */
  readonly evaluations: readonly (Run | undefined)[];
}

/** In the order in which members pass them; the last three end them. */
export const memberStages = ['search', 'select', 'train', 'evaluate', 'done', 'failed', 'cancelled'] as const;
export type Stage = (typeof memberStages)[number];

/** Whether a member in that stage has something left to come. */
export function isUnfinished(stage: Stage): boolean {
  return stage !== 'done' && stage !== 'failed' && stage !== 'cancelled';
}

export function hasEnded(run: Run): boolean {
  return isFinalState(run.state);
}

/** Whether a run ended without success. */
export function endedBadly(run: Run): boolean {
  return run.state === RunState.RUN_STATE_FAILED || run.state === RunState.RUN_STATE_CANCELLED;
}

/** The three kinds of run a member consists of. */
export type MemberRunKind = 'search' | 'training' | 'evaluation';

/** A run of a member, and which service holds it. */
export interface MemberRun {
  readonly kind: MemberRunKind;
  readonly run: Run;
}

/** All runs of a member that exist. */
export function runsByKind({ search, trainings, evaluations }: MemberState): readonly MemberRun[] {
  const of = (kind: MemberRunKind, list: readonly (Run | undefined)[]) =>
    list.flatMap((run) => (run === undefined ? [] : [{ kind, run }]));
  return [...of('search', [search]), ...of('training', trainings), ...of('evaluation', evaluations)];
}

/** All runs of a member that exist, whatever their kind. */
export function runsOf(member: MemberState): readonly Run[] {
  return runsByKind(member).map(({ run }) => run);
}

/**
 * The member with each of its runs replaced by what `change` makes of it; `undefined` forgets a
 * run.
 */
export function mapRuns<Member extends MemberState>(
  member: Member,
  change: (kind: MemberRunKind, run: Run) => Run | undefined,
): Member {
  const of = (kind: MemberRunKind) => (run: Run | undefined) => run && change(kind, run);
  return {
    ...member,
    search: of('search')(member.search),
    trainings: member.trainings.map(of('training')),
    evaluations: member.evaluations.map(of('evaluation')),
  };
}

/**
 * How a member's chain of runs stands after one training: what is still to come, or how it ended.
 */
function chainStage(training: Run | undefined, evaluation: Run | undefined): Stage {
  if (training === undefined || !hasEnded(training)) return 'train';
  if (training.state !== RunState.RUN_STATE_SUCCEEDED) return ending(training);
  return evaluationStage(evaluation);
}

function evaluationStage(evaluation: Run | undefined): Stage {
  if (evaluation === undefined || !hasEnded(evaluation)) return 'evaluate';
  return evaluation.state === RunState.RUN_STATE_SUCCEEDED ? 'done' : ending(evaluation);
}

function ending(run: Run): 'failed' | 'cancelled' {
  return run.state === RunState.RUN_STATE_FAILED ? 'failed' : 'cancelled';
}

/**
 * The member's stage: the earliest unfinished one of its chains; once all have ended, failure
 * outweighs cancellation outweighs success. `select` waits for the other seeds.
 */
export function stageOf(member: MemberState): Stage {
  const { search } = member;
  if (search === undefined || !hasEnded(search)) return 'search';
  if (search.state !== RunState.RUN_STATE_SUCCEEDED) return ending(search);
  if (member.course === 'wait') return 'select';
  if (member.course === 'rest') return 'done';
  if (member.course === 'table') return evaluationStage(member.evaluations[0]);
  const chains = member.trainings.map((training, set) => chainStage(training, member.evaluations[set]));
  const order: readonly Stage[] = ['train', 'evaluate', 'failed', 'cancelled', 'done'];
  return order.find((stage) => chains.includes(stage)) ?? 'done';
}
