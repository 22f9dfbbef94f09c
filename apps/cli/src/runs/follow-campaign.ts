import { setTimeout as pause } from 'node:timers/promises';
import type { CoordinatorServiceService, WatchCampaignResponse } from '@oneshot/contracts';
import { Code, type ServiceClient, ServiceError } from '@oneshot/service-kit';

const firstPause = 200;
const longestPause = 5000;

/**
 * Every change of a campaign and of its members until the campaign has ended. When the coordinator
 * is away, the watch is opened again from the last sequence seen.
 */
export async function* followCampaign(
  coordinator: Pick<ServiceClient<typeof CoordinatorServiceService>, 'watchCampaign'>,
  id: string,
  { signal, onInterruption }: { readonly signal: AbortSignal; readonly onInterruption: () => void },
): AsyncIterable<WatchCampaignResponse> {
  let afterSequence = 0;
  let wait = firstPause;
  for (;;) {
    try {
      for await (const change of coordinator.watchCampaign({ id, afterSequence }, { signal })) {
        afterSequence = Math.max(afterSequence, change.sequence);
        wait = firstPause;
        yield change;
      }
      return;
    } catch (error) {
      if (signal.aborted || !(error instanceof ServiceError) || error.code !== Code.UNAVAILABLE) throw error;
      if (wait === firstPause) onInterruption();
      await pause(wait, undefined, { signal });
      wait = Math.min(longestPause, wait * 2);
    }
  }
}
