import type { Logger } from '@oneshot/service-kit';
import { type EndingParts, giveUp } from './end-campaign.js';
import { createPass } from './pass.js';
import { failureOf, natureOf } from './passing-error.js';

export interface ReconcilerOptions extends EndingParts {
  readonly logger: Logger;
  /** Told why a campaign cannot go on for now, once per reason; it is tried again all the same. */
  readonly onTrouble?: (trouble: string) => void;
  /**
   * Shortest time between looks at all member runs of a campaign, in milliseconds. Default 1000.
   */
  readonly intervalMs?: number;
}

/**
 * Drives campaigns: compares the state wanted with the state found and takes the steps between
 * them, on every hint and on a timer. It keeps nothing in memory that matters, so that it may be
 * stopped and started anywhere.
 */
export interface Reconciler {
  /** Looks at one campaign at once. */
  wake(campaignId: string): void;
  /** Looks at one run in the campaigns that wait for it. */
  wakeRun(runId: string): Promise<void>;
  /** Begins nothing more, and waits for the steps in progress. */
  stop(): Promise<void>;
}

/** Hints that come together are followed together. */
const gatherMs = 20;
/**
 * The more runs a campaign waits for, the longer the time between looks at all of them, in
 * milliseconds for each. Events tell sooner.
 */
const msForEachRun = 1;
/** So often in a row a campaign may stumble over something nobody foresaw before it is given up. */
const mostUnexpected = 10;

/** What is known of one campaign between looks. */
interface Watched {
  /** Runs to look at; `all` for every one. */
  wanted: Set<string> | 'all';
  looking: Promise<void> | undefined;
  timer: NodeJS.Timeout | undefined;
  /** When all its runs may be looked at again, by the clock of `performance.now`. */
  nextFullLook: number;
  /** What it last stumbled over, so that a service that is down is told of once. */
  trouble: string | undefined;
  unexpected: number;
}

export function startReconciler(options: ReconcilerOptions): Reconciler {
  const { campaigns, logger, intervalMs = 1000 } = options;
  const stopping = new AbortController();
  const pass = createPass(options, stopping.signal);
  const watched = new Map<string, Watched>();

  function watchedCampaign(campaignId: string): Watched {
    const known = watched.get(campaignId);
    if (known !== undefined) return known;
    const fresh: Watched = {
      ...{ wanted: new Set<string>(), looking: undefined, timer: undefined },
      ...{ nextFullLook: 0, trouble: undefined, unexpected: 0 },
    };
    watched.set(campaignId, fresh);
    return fresh;
  }

  async function look(campaignId: string, state: Watched): Promise<void> {
    const { wanted } = state;
    state.wanted = new Set();
    let looked = 0;
    try {
      const outcome = await pass(campaignId, wanted);
      looked = outcome.looked;
      state.trouble = undefined;
      state.unexpected = 0;
      if (outcome.again) want(campaignId, state, new Set());
    } catch (error) {
      await stumble(campaignId, state, error);
    }
    if (wanted === 'all') state.nextFullLook = performance.now() + Math.max(0.9 * intervalMs, msForEachRun * looked);
  }

  async function stumble(campaignId: string, state: Watched, error: unknown): Promise<void> {
    if (stopping.signal.aborted) return;
    // Whatever was not looked at is looked at with the next full look.
    const nature = natureOf(error);
    state.unexpected = nature === 'passing' ? 0 : state.unexpected + 1;
    const failure = failureOf(error);
    if (nature === 'permanent' || state.unexpected >= mostUnexpected) {
      logger.error({ campaign: campaignId, err: error }, 'the campaign cannot go on and is given up');
      await giveUp(options, campaignId, failure).catch((trouble: unknown) =>
        logger.error({ campaign: campaignId, err: trouble }, 'the end of the campaign cannot be stored now'),
      );
    } else if (state.trouble !== failure.message) {
      logger.warn(
        { campaign: campaignId, trouble: failure.message },
        'cannot go on with the campaign now; trying again',
      );
      state.trouble = failure.message;
      options.onTrouble?.(failure.message);
    }
  }

  function want(campaignId: string, state: Watched, runIds: ReadonlySet<string> | 'all'): void {
    if (stopping.signal.aborted) return;
    if (runIds === 'all' || state.wanted === 'all') state.wanted = 'all';
    else for (const id of runIds) state.wanted.add(id);
    if (state.timer !== undefined) return;
    state.timer = setTimeout(() => void begin(campaignId, state), gatherMs);
  }

  async function begin(campaignId: string, state: Watched): Promise<void> {
    await state.looking;
    state.timer = undefined;
    if (stopping.signal.aborted) return;
    state.looking = look(campaignId, state).finally(() => {
      state.looking = undefined;
    });
  }

  async function wakeOpen(): Promise<void> {
    const open = new Set(await campaigns.openCampaigns());
    for (const [id, { timer, looking }] of watched) {
      if (!open.has(id) && timer === undefined && looking === undefined) watched.delete(id);
    }
    const now = performance.now();
    for (const id of open) {
      const state = watchedCampaign(id);
      if (state.nextFullLook <= now) want(id, state, 'all');
    }
  }

  const wakeAll = () =>
    wakeOpen().catch((error: unknown) => logger.error({ error: String(error) }, 'cannot read the campaigns'));
  const timer = setInterval(() => void wakeAll(), intervalMs);
  void wakeAll();

  return {
    wake: (campaignId) => want(campaignId, watchedCampaign(campaignId), 'all'),
    async wakeRun(runId) {
      for (const id of await campaigns.campaignsOfRun(runId)) want(id, watchedCampaign(id), new Set([runId]));
    },
    async stop() {
      stopping.abort();
      clearInterval(timer);
      for (const { timer: waiting } of watched.values()) clearTimeout(waiting);
      await Promise.all([...watched.values()].map(({ looking }) => looking));
    },
  };
}
