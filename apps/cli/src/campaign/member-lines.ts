import { type CampaignMember, type Run, RunState } from '@oneshot/contracts';
import { type Expectation, expectationOf } from '../runs/expectation.js';
import { resultNumber } from '../runs/result.js';
import { hasEnded, lineCells, type RunLine, runLine } from '../runs/run-line.js';

/** Identifies a member of a campaign. */
export function memberKey(member: CampaignMember): string {
  return JSON.stringify([member.method, member.benchmark, member.seed]);
}

/** Such as `darts fashion seed 0`; the benchmark is left out where there is only one. */
export function memberName(member: CampaignMember, manyBenchmarks: boolean): string {
  return [member.method, ...(manyBenchmarks ? [member.benchmark] : []), `seed ${member.seed}`].join(' ');
}

function runsOf(member: CampaignMember): readonly Run[] {
  return [...(member.search === undefined ? [] : [member.search]), ...member.trainings, ...member.evaluations];
}

/** The member's score so far: that of its evaluations, the best if there are several. */
export function memberScore(member: CampaignMember): number | undefined {
  const scores = member.evaluations.flatMap((run) => resultNumber(run, 'accuracy') ?? []);
  return scores.length === 0 ? undefined : Math.max(...scores);
}

/** What the live view shows of a member: the run at work, or how it ended. */
export function memberLine(member: CampaignMember): RunLine {
  const runs = runsOf(member);
  const ended = { epoch: 0, epochs: 0, loss: undefined, etaSeconds: undefined };
  if (member.stage === 'done') return { ...ended, stage: 'done', accuracy: memberScore(member) };
  if (member.stage === 'failed' || member.stage === 'cancelled') {
    return { ...ended, stage: member.stage, accuracy: undefined };
  }
  const active = runs.find((run) => run.state === RunState.RUN_STATE_RUNNING) ?? runs.find((run) => !hasEnded(run));
  if (active === undefined) return { ...ended, stage: `${member.stage}, waiting`, accuracy: undefined };
  const line = runLine(active);
  if (active.state === RunState.RUN_STATE_QUEUED) return { ...line, stage: `${member.stage}, waiting` };
  return active.progress?.stage ? line : { ...line, stage: `${member.stage}, starting` };
}

/** The run of a member that a worker is at. */
export function activeRun(member: CampaignMember): Run | undefined {
  return runsOf(member).find((run) => run.state === RunState.RUN_STATE_RUNNING);
}

/** What the run at work is expected to take, once it is known. */
export function memberExpectation(member: CampaignMember): Expectation | undefined {
  const active = activeRun(member);
  return active === undefined ? undefined : expectationOf(active);
}

/** Why a member failed, from the first of its runs that did. */
export function memberError(member: CampaignMember): string | undefined {
  const error = runsOf(member).find((run) => run.state === RunState.RUN_STATE_FAILED)?.error;
  return error === undefined ? undefined : `${error.reason}: ${error.message}`;
}

/** The row of the live table. */
export function memberRow(member: CampaignMember, manyBenchmarks: boolean): string[] {
  return [memberName(member, manyBenchmarks), ...lineCells(memberLine(member))];
}
