import type { RunFailure } from '@oneshot/jobs';
import type { MemberKey } from '../campaign/members.js';
import { endedBadly, type MemberState, runsOf } from '../reconcile/member-state.js';

const shown = 10;

/** What happened to the members that did not succeed, one sentence each. */
export function describeFailures(
  keys: readonly MemberKey[],
  members: readonly MemberState[],
  unwell: readonly number[],
): RunFailure {
  const sentences = unwell.slice(0, shown).map((position) => {
    const key = keys[position];
    const member = members[position];
    const causes = member === undefined ? [] : runsOf(member).filter(endedBadly).map(causeOf);
    return `${key?.name} on ${key?.benchmark.name} with seed ${key?.seed}: ${causes.join(' ')}`;
  });
  const more = unwell.length > shown ? [`and ${unwell.length - shown} more`] : [];
  return {
    reason: 'MEMBERS_FAILED',
    message: `${unwell.length} of ${members.length} members did not succeed. ${[...sentences, ...more].join('; ')}`,
  };
}

function causeOf(run: ReturnType<typeof runsOf>[number]): string {
  return run.error === undefined ? `run ${run.id} was cancelled.` : run.error.message;
}
