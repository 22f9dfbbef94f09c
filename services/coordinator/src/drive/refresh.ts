import type { Run } from '@oneshot/contracts';
import { hasEnded, type MemberState } from '../reconcile/member-state.js';
import type { MemberRunKind } from '../reconcile/plan.js';
import type { MemberServices } from './member-services.js';

const callsAtOnce = 16;

/** Asks for every member run that has not ended; returns the members that changed. A run its service no longer knows is forgotten. */
export async function refresh(
  members: readonly MemberState[],
  services: MemberServices,
): Promise<readonly MemberState[]> {
  const waiting = [...members];
  const changed: MemberState[] = [];
  const ask = async () => {
    for (let member = waiting.shift(); member !== undefined; member = waiting.shift()) {
      const fresh = await refreshMember(member, services);
      if (fresh !== undefined) changed.push(fresh);
    }
  };
  await Promise.all(Array.from({ length: callsAtOnce }, ask));
  return changed;
}

async function refreshMember(member: MemberState, services: MemberServices): Promise<MemberState | undefined> {
  let changed = false;
  const fresh = async (kind: MemberRunKind, run: Run | undefined) => {
    if (run === undefined || hasEnded(run)) return run;
    const found = await services.get(kind, run.id);
    if (found?.sequence !== run.sequence) changed = true;
    return found;
  };
  const freshList = (kind: MemberRunKind, list: readonly (Run | undefined)[]) =>
    Promise.all(list.map((run) => fresh(kind, run)));
  const next: MemberState = {
    index: member.index,
    course: member.course,
    search: await fresh('search', member.search),
    trainings: await freshList('training', member.trainings),
    evaluations: await freshList('evaluation', member.evaluations),
  };
  return changed ? next : undefined;
}
