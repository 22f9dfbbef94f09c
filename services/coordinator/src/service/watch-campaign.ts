import { once } from 'node:events';
import type { WatchCampaignResponse } from '@oneshot/contracts';
import { hasEnded, type RunStore, runMessage } from '@oneshot/jobs';
import type { CampaignStore } from '../store/campaign-store.js';
import { memberKeys, memberMessage } from './campaign-message.js';

/**
 * Every part of a campaign that changed after `afterSequence`, as it is now, then each later change, until the campaign has ended and
 * nothing is left to be done for it. A part that changes faster than it is read is told once, in its latest form.
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
      const changes = await campaigns.changesAfter(id, sequence);
      const run = await runs.get(id);
      if (changes === undefined || run === undefined) return;
      const keys = memberKeys(run);
      const told: WatchCampaignResponse[] = changes.members.map((entry) => ({
        sequence: entry.sequence,
        change: { $case: 'member', value: memberMessage(keys, entry.member) },
      }));
      if (changes.own !== undefined) {
        told.push({ sequence: changes.own, change: { $case: 'campaign', value: runMessage(run) } });
      }
      told.sort((a, b) => a.sequence - b.sequence);
      for (const response of told) {
        yield response;
        sequence = response.sequence;
      }
      if (!changes.open && hasEnded(run.state)) return;
      if (!changed) await once(bell, 'change', { signal }).catch(() => undefined);
    }
  } finally {
    stopListening();
  }
}
