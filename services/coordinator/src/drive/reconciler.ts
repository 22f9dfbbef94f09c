import type { JsonObject, RunStore } from '@oneshot/jobs';
import type { Logger } from '@oneshot/service-kit';
import type { CampaignStore } from '../store/campaign-store.js';
import type { MemberServices } from './member-services.js';
import { createPass } from './pass.js';

export interface ReconcilerOptions {
  readonly runs: RunStore;
  readonly campaigns: CampaignStore;
  readonly services: MemberServices;
  /** Ranks the members of a campaign that are all done, and builds its report; returns the campaign's result. */
  readonly conclude: (campaignId: string) => Promise<JsonObject>;
  /** Notes what the members of a campaign scored, however it ended, where others find it. */
  readonly noteScores: (campaignId: string) => Promise<void>;
  readonly logger: Logger;
  /** Told why a campaign cannot go on for now, once per reason; it is tried again all the same. */
  readonly onTrouble?: (trouble: string) => void;
  /** Time between looks at the member runs when no event tells of a change, in milliseconds. Default 1000. */
  readonly intervalMs?: number;
}

/**
 * Drives campaigns: compares the state wanted with the state found and takes the steps between them, on every hint and on a timer.
 * It keeps nothing in memory that matters, so that it may be stopped and started anywhere.
 */
export interface Reconciler {
  /** Looks at one campaign at once, or at all that are open. */
  wake(campaignId?: string): void;
  /** Begins nothing more, and waits for the steps in progress. */
  stop(): Promise<void>;
}

export function startReconciler(options: ReconcilerOptions): Reconciler {
  const { campaigns, logger } = options;
  const stopping = new AbortController();
  const pass = createPass(options, stopping.signal);
  /** Passes in progress by campaign. */
  const passes = new Map<string, Promise<void>>();
  /** Campaigns to be looked at again after the pass in progress. */
  const again = new Set<string>();
  /** What each campaign last stumbled over, so that a service that is down is told of once. */
  const troubles = new Map<string, string>();

  async function look(campaignId: string): Promise<void> {
    try {
      await pass(campaignId);
      troubles.delete(campaignId);
    } catch (error) {
      const trouble = error instanceof Error ? error.message : String(error);
      if (!stopping.signal.aborted && troubles.get(campaignId) !== trouble) {
        logger.warn({ campaign: campaignId, trouble }, 'cannot go on with the campaign now; trying again');
        troubles.set(campaignId, trouble);
        options.onTrouble?.(trouble);
      }
    }
  }

  function wakeOne(campaignId: string): void {
    if (stopping.signal.aborted) return;
    if (passes.has(campaignId)) {
      again.add(campaignId);
      return;
    }
    const running = look(campaignId).then(() => {
      passes.delete(campaignId);
      if (again.delete(campaignId)) wakeOne(campaignId);
    });
    passes.set(campaignId, running);
  }

  function wakeAll(): void {
    campaigns.openCampaigns().then(
      (open) => open.forEach(wakeOne),
      (error: unknown) => logger.error({ error: String(error) }, 'cannot read the campaigns'),
    );
  }

  const timer = setInterval(wakeAll, options.intervalMs ?? 1000);
  wakeAll();

  return {
    wake: (campaignId) => (campaignId === undefined ? wakeAll() : wakeOne(campaignId)),
    async stop() {
      stopping.abort();
      clearInterval(timer);
      await Promise.all(passes.values());
    },
  };
}
