import { setTimeout as pause } from 'node:timers/promises';
import {
  CoordinatorServiceClient,
  type CoordinatorServiceService,
  GetCampaignResponse,
  ListCampaignMembersResponse,
  RegistryServiceClient,
  type Run,
  RunState,
  WatchCampaignResponse,
} from '@oneshot/contracts';
import { readArtifact } from '@oneshot/jobs';
import { connect, type ServiceClient } from '@oneshot/service-kit';
import type { Addresses } from '../harness/outcome.js';
import { tinyDataset } from '../harness/tiny-dataset.js';

/** What a campaign came to for those who asked for it. */
export interface CampaignFigures {
  /** From its submission to its report. */
  readonly seconds: number;
  /** Of every page of members asked for while it ran and after, in milliseconds. */
  readonly pages: readonly number[];
  /** From the end of a member's last run to its telling by a watch, in milliseconds. */
  readonly watch: readonly number[];
  /** Of all messages that a client got, in bytes. */
  readonly largestMessage: number;
  readonly reportBytes: number;
}

type Coordinator = ServiceClient<typeof CoordinatorServiceService>;

/**
 * Runs a campaign of untrained members to its report, watching it and asking for its pages
 * meanwhile.
 */
export async function measureCampaign(addresses: Addresses, members: number): Promise<CampaignFigures> {
  const coordinator = connect(CoordinatorServiceClient, addresses.coordinator, { deadlineMs: 120_000 });
  const registry = connect(RegistryServiceClient, addresses.registry);
  const begun = performance.now();
  try {
    const { run } = await coordinator.submitCampaign({ spec: campaignOf(members), retry: false });
    const id = run?.id ?? '';
    const pages = new Pages(coordinator, id);
    const ended = new AbortController();
    const asking = pages.askUntil(ended.signal);
    const watched = await watch(coordinator, id);
    const seconds = (performance.now() - begun) / 1000;
    ended.abort();
    await asking;
    const { campaign, stages } = await coordinator.getCampaign({ id });
    if (campaign?.state !== RunState.RUN_STATE_SUCCEEDED || stages.done !== members) {
      throw new Error(`The campaign did not succeed: ${JSON.stringify({ stages, error: campaign?.error })}`);
    }
    const report = await readArtifact(registry, String(campaign.result?.report));
    const largestMessage = Math.max(watched.largest, pages.largest);
    return { seconds, pages: pages.milliseconds, watch: watched.delays, largestMessage, reportBytes: report.length };
  } finally {
    coordinator.close();
    registry.close();
  }
}

const benchmarks = 10;

/**
 * One method that trains nothing, on networks of several depths, under as many seeds as make so
 * many members.
 */
function campaignOf(members: number): Readonly<Record<string, unknown>> {
  return {
    name: `load-${members}`,
    methods: ['random'],
    benchmarks: Array.from({ length: benchmarks }, (_, index) => {
      return { name: `patterns-${index}`, space: { name: 'darts', cells: 5 + index }, data: tinyDataset };
    }),
    seeds: Array.from({ length: members / benchmarks }, (_, seed) => seed),
  };
}

async function watch(coordinator: Coordinator, id: string) {
  const delays: number[] = [];
  let largest = 0;
  for await (const update of coordinator.watchCampaign({ id, afterSequence: 0 })) {
    largest = Math.max(largest, WatchCampaignResponse.encode(update).finish().length);
    const { change } = update;
    if (change?.$case !== 'member' || change.value.stage !== 'done') continue;
    const ends = change.value.evaluations.map(({ updatedAt }: Run) => new Date(updatedAt ?? 0).getTime());
    delays.push(Date.now() - Math.max(...ends));
  }
  return { delays, largest };
}

/** Asks for page after page of a campaign, and notes how long each took. */
class Pages {
  readonly milliseconds: number[] = [];
  largest = 0;
  readonly #coordinator: Coordinator;
  readonly #id: string;

  constructor(coordinator: Coordinator, id: string) {
    this.#coordinator = coordinator;
    this.#id = id;
  }

  /** Goes through the campaign again and again; once more, whole, after the signal. */
  async askUntil(signal: AbortSignal): Promise<void> {
    for (let last = false; !last; ) {
      last = signal.aborted;
      await this.#askAll();
    }
  }

  async #askAll(): Promise<void> {
    const id = this.#id;
    let pageToken = await this.#timed(async () => {
      const first = await this.#coordinator.getCampaign({ id });
      return [first.nextPageToken, GetCampaignResponse.encode(first).finish().length];
    });
    while (pageToken !== '') {
      const token = pageToken;
      // A reader that pauses, so that what is measured is the service and not the haste of this.
      await pause(1000);
      pageToken = await this.#timed(async () => {
        const page = await this.#coordinator.listCampaignMembers({ id, pageSize: 100, pageToken: token });
        return [page.nextPageToken, ListCampaignMembersResponse.encode(page).finish().length];
      });
    }
    await pause(1000);
  }

  async #timed(ask: () => Promise<readonly [nextPageToken: string, bytes: number]>): Promise<string> {
    const begun = performance.now();
    const [nextPageToken, bytes] = await ask();
    this.milliseconds.push(performance.now() - begun);
    this.largest = Math.max(this.largest, bytes);
    return nextPageToken;
  }
}
