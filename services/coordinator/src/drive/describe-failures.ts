import type { RunFailure } from '@oneshot/jobs';
import type { MemberKey } from '../campaign/members.js';
import { endedBadly, type MemberState, runsOf } from '../reconcile/member-state.js';
import type { StageCounts } from '../reconcile/plan.js';

/** How many members are told of one by one. */
export const membersTold = 10;

/**
 * What happened to the members that did not succeed, one sentence each.
 *
 * @param unwell the first of them
 */
export function describeFailures(
  keys: readonly MemberKey[],
  unwell: readonly MemberState[],
  { failed = 0, cancelled = 0 }: StageCounts,
): RunFailure {
  const count = failed + cancelled;
  const sentences = unwell.slice(0, membersTold).map((member) => {
    const key = keys[member.index];
    const causes = runsOf(member).filter(endedBadly).map(causeOf);
    return `${key?.name} on ${key?.benchmark.name} with seed ${key?.seed}: ${causes.join(' ')}`;
  });
  const more = count > sentences.length ? [`and ${count - sentences.length} more`] : [];
  return {
    reason: 'MEMBERS_FAILED',
    message: `${count} of ${keys.length} members did not succeed. ${[...sentences, ...more].join('; ')}`,
  };
}

function causeOf(run: ReturnType<typeof runsOf>[number]): string {
  return run.error === undefined ? `run ${run.id} was cancelled.` : run.error.message;
}
