import { type Run, RunState } from '@oneshot/contracts';
import { hasEnded, type MemberRunKind, mapRuns } from '../reconcile/member-state.js';
import type { UnfinishedRun } from '../store/campaign-store-types.js';
import { atOnce } from './at-once.js';
import type { DrivenCampaign } from './driven-campaign.js';

const callsAtOnce = 8;
const runsAtOnce = 64;

/**
 * A campaign that has ended leaves every run that has not: those that nobody else wants are
 * cancelled. To the campaign each of them was cancelled, even if others go on with it.
 */
export async function leaveRuns({
  id,
  campaigns,
  services,
}: Pick<DrivenCampaign, 'id' | 'campaigns' | 'services'>): Promise<void> {
  const unfinished = await campaigns.unfinishedRuns(id);
  for (let begin = 0; begin < unfinished.length; begin += runsAtOnce) {
    const left = new Map<string, Run | undefined>();
    const leave = async (run: UnfinishedRun) => [run.id, await services.leave(run.kind, run.id, id)] as const;
    await atOnce(unfinished.slice(begin, begin + runsAtOnce), callsAtOnce, leave, ([runId, run]) =>
      left.set(runId, run),
    );
    const members = await campaigns.membersOfRuns(id, [...left.keys()]);
    const ended = (_: MemberRunKind, run: Run) =>
      hasEnded(run) || !left.has(run.id) ? run : endedRun(left.get(run.id));
    await campaigns.update(
      id,
      members.map((member) => mapRuns(member, ended)),
    );
  }
}

function endedRun(run: Run | undefined): Run | undefined {
  return run === undefined || hasEnded(run) ? run : { ...run, state: RunState.RUN_STATE_CANCELLED };
}
