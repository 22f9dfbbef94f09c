import type { Run } from '@oneshot/contracts';
import { hasEnded, type MemberRunKind, mapRuns } from '../reconcile/member-state.js';
import type { UnfinishedRun } from '../store/campaign-store-types.js';
import type { DrivenCampaign } from './driven-campaign.js';

/** How many runs are read whole at once. */
const runsAtOnce = 50;

export interface Refreshed {
  /** How many runs were looked at. */
  readonly looked: number;
  /** Positions of the members that changed. */
  readonly changed: readonly number[];
}

/**
 * Looks at the runs of a campaign that had not ended, or at those named alone, and stores what has
 * changed. A run its service no longer knows is forgotten.
 */
export async function refresh(
  driven: Pick<DrivenCampaign, 'id' | 'campaigns' | 'services'>,
  which: ReadonlySet<string> | 'all',
): Promise<Refreshed> {
  const unfinished = await driven.campaigns.unfinishedRuns(driven.id, which === 'all' ? undefined : [...which]);
  const changed: number[] = [];
  for (const kind of ['search', 'training', 'evaluation'] as const) {
    const known = unfinished.filter((run) => run.kind === kind);
    const ids = which === 'all' ? await changedAmong(driven, kind, known) : known.map(({ id }) => id);
    for (let begin = 0; begin < ids.length; begin += runsAtOnce) {
      changed.push(...(await takeIn(driven, kind, ids.slice(begin, begin + runsAtOnce))));
    }
  }
  return { looked: unfinished.length, changed };
}

async function changedAmong(
  { services }: Pick<DrivenCampaign, 'services'>,
  kind: MemberRunKind,
  known: readonly UnfinishedRun[],
): Promise<readonly string[]> {
  if (known.length === 0) return [];
  const heads = await services.heads(
    kind,
    known.map(({ id }) => id),
  );
  const sequences = new Map(heads.map((head) => [head.id, head.sequence]));
  return known.flatMap(({ id, sequence }) => (sequences.get(id) === sequence ? [] : [id]));
}

async function takeIn(
  { id, campaigns, services }: Pick<DrivenCampaign, 'id' | 'campaigns' | 'services'>,
  kind: MemberRunKind,
  ids: readonly string[],
): Promise<readonly number[]> {
  const asked = new Set(ids);
  const found = new Map((await services.runs(kind, ids)).map((run) => [run.id, run]));
  const fresh = (which: MemberRunKind, run: Run) =>
    which !== kind || hasEnded(run) || !asked.has(run.id) ? run : found.get(run.id);
  const members = await campaigns.membersOfRuns(id, ids);
  await campaigns.update(
    id,
    members.map((member) => mapRuns(member, fresh)),
  );
  return members.map(({ index }) => index);
}
