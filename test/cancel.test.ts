import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Embedded, startEmbedded } from '@oneshot/cli';
import { CoordinatorServiceClient, RunState } from '@oneshot/contracts';
import { connect } from '@oneshot/service-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { countEverything } from './harness/outcome.js';
import { tinyCampaign } from './harness/tiny-campaign.js';
import { writeTinyDataset } from './harness/tiny-dataset.js';

const directory = mkdtempSync(join(tmpdir(), 'oneshot-cancel-'));
const options = { dataDir: join(directory, 'state'), dataDirs: [directory], workers: 0 };
let embedded: Embedded;

beforeAll(async () => {
  writeTinyDataset(directory);
  embedded = await startEmbedded(options);
}, 60_000);
afterAll(async () => {
  await embedded.shutdown();
  rmSync(directory, { recursive: true, force: true });
});

const connected = () => connect(CoordinatorServiceClient, embedded.addresses.coordinator);

/** The states of all members' searches, once each member has one in that state. */
async function searchesIn(id: string, state: RunState): Promise<number> {
  const coordinator = connected();
  try {
    for (;;) {
      const { members } = await coordinator.getCampaign({ id });
      if (members.every(({ search }) => search?.state === state)) return members.length;
      await pause(50);
    }
  } finally {
    coordinator.close();
  }
}

test('cancelling a campaign cancels its runs; a retry after a restart takes up the same runs, none twice', async () => {
  const coordinator = connected();
  const spec = { ...tinyCampaign() };
  const { run } = await coordinator.submitCampaign({ spec, retry: false });
  const id = run?.id ?? '';
  expect(await searchesIn(id, RunState.RUN_STATE_QUEUED)).toBe(4);

  await coordinator.cancelCampaign({ id });
  expect(await searchesIn(id, RunState.RUN_STATE_CANCELLED)).toBe(4);
  const told: number[] = [];
  for await (const { sequence } of coordinator.watchCampaign({ id, afterSequence: 0 })) told.push(sequence);
  expect(told).toEqual([...new Set(told)].sort((a, b) => a - b));
  const later: number[] = [];
  const afterSequence = told.at(-3) ?? 0;
  for await (const { sequence } of coordinator.watchCampaign({ id, afterSequence })) later.push(sequence);
  expect(later).toEqual(told.slice(-2));
  coordinator.close();

  await embedded.shutdown();
  embedded = await startEmbedded(options);
  const again = connected();
  const answered = await again.submitCampaign({ spec, retry: false });
  expect(answered).toMatchObject({ created: false, run: { id, state: RunState.RUN_STATE_CANCELLED } });
  await again.submitCampaign({ spec, retry: true });
  again.close();
  expect(await searchesIn(id, RunState.RUN_STATE_QUEUED)).toBe(4);
  expect(await countEverything(embedded.addresses)).toMatchObject({ searches: 4, trainings: 0 });
}, 60_000);
