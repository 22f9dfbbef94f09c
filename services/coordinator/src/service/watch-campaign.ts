import { once } from 'node:events';
import type { WatchCampaignResponse } from '@oneshot/contracts';
import { hasEnded, type RunRecord, type RunStore, runMessage } from '@oneshot/jobs';
import { planOf } from '../campaign/campaign-plan.js';
import type { CampaignChanges, CampaignStore } from '../store/campaign-store-types.js';
import { memberMessage } from './campaign-message.js';

/** How many changes are in memory at a time. */
const changesAtOnce = 50;

/**
 * Every part of a campaign that changed after `afterSequence`, as it is now, then each later
 * change, until the campaign has ended and nothing is left to be done for it. A part that changes
 * faster than it is read is told once, in its latest form.
 */
export async function* watchCampaign(
  runs: RunStore,
  campaigns: CampaignStore,
  id: string,
  afterSequence: number,
  signal: AbortSignal,
): AsyncIterable<WatchCampaignResponse> {
  const bell = new EventTarget();
  let changed = true;
  const stopListening = campaigns.onChange(id, () => {
    changed = true;
    bell.dispatchEvent(new Event('change'));
  });
  let sequence = afterSequence;
  try {
    while (!signal.aborted) {
      changed = false;
      const changes = await campaigns.changesAfter(id, sequence, changesAtOnce);
      const run = await runs.get(id);
      if (changes === undefined || run === undefined) return;
      for (const response of responses(run, changes)) {
        yield response;
        sequence = response.sequence;
      }
      if (changes.more) continue;
      if (!changes.open && hasEnded(run.state)) return;
      if (!changed) await once(bell, 'change', { signal }).catch(() => undefined);
    }
  } finally {
    stopListening();
  }
}

function responses(run: RunRecord, { members, own }: CampaignChanges): readonly WatchCampaignResponse[] {
  const { keys } = planOf(run);
  const told: WatchCampaignResponse[] = members.map((member) => ({
    sequence: member.revision,
    change: { $case: 'member', value: memberMessage(keys, member) },
  }));
  if (own !== undefined) told.push({ sequence: own, change: { $case: 'campaign', value: runMessage(run) } });
  return told.sort((a, b) => a.sequence - b.sequence);
}
