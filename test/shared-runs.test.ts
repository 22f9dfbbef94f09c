import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Embedded, startEmbedded } from '@oneshot/cli';
import { CoordinatorServiceClient, type CoordinatorServiceService, RunState } from '@oneshot/contracts';
import { connect, type ServiceClient } from '@oneshot/service-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ScriptedWorker } from './harness/scripted-worker.js';
import { tinyCampaign } from './harness/tiny-campaign.js';
import { writeTinyDataset } from './harness/tiny-dataset.js';

const directory = mkdtempSync(join(tmpdir(), 'oneshot-shared-'));
let embedded: Embedded;
let coordinator: ServiceClient<typeof CoordinatorServiceService>;

beforeAll(async () => {
  writeTinyDataset(directory);
  embedded = await startEmbedded({ dataDir: join(directory, 'state'), dataDirs: [directory], workers: 0 });
  coordinator = connect(CoordinatorServiceClient, embedded.addresses.coordinator);
}, 60_000);
afterAll(async () => {
  coordinator.close();
  await embedded.shutdown();
  rmSync(directory, { recursive: true, force: true });
});

async function submit(name: string, methods: readonly string[], retry = false): Promise<string> {
  const { run } = await coordinator.submitCampaign({ spec: tinyCampaign({ name, methods }), retry });
  return run?.id ?? expect.fail('no run');
}

/** The states of the searches of a campaign, by method. */
async function searches(id: string): Promise<Readonly<Record<string, RunState | undefined>>> {
  const { members } = await coordinator.getCampaign({ id });
  return Object.fromEntries(members.map(({ method, search }) => [method, search?.state]));
}

const patient = { timeout: 30_000, interval: 50 };
const { RUN_STATE_QUEUED: queued, RUN_STATE_CANCELLED: cancelled } = RunState;

test('a run that two campaigns share goes on when one is cancelled, and ends with the last of them', async () => {
  const one = await submit('one', ['darts', 'gdas']);
  const two = await submit('two', ['gdas', 'drnas']);
  await expect.poll(() => searches(one), patient).toEqual({ darts: queued, gdas: queued });
  await expect.poll(() => searches(two), patient).toEqual({ gdas: queued, drnas: queued });

  await coordinator.cancelCampaign({ id: one });
  await expect.poll(() => searches(one), patient).toEqual({ darts: cancelled, gdas: cancelled });
  expect(await searches(two)).toEqual({ gdas: queued, drnas: queued });
  const three = await submit('three', ['darts', 'gdas']);
  await expect.poll(() => searches(three), patient).toEqual({ darts: queued, gdas: queued });
  await coordinator.cancelCampaign({ id: two });
  await expect.poll(() => searches(two), patient).toEqual({ gdas: cancelled, drnas: cancelled });
  expect(await searches(three)).toEqual({ darts: queued, gdas: queued });
  await coordinator.cancelCampaign({ id: three });
  await expect.poll(() => searches(three), patient).toEqual({ darts: cancelled, gdas: cancelled });
}, 120_000);

test('a campaign that is cancelled and asked for again at once, again and again, is driven to its end', async () => {
  const methods = ['darts', 'random'];
  const id = await submit('again', methods);
  for (let round = 0; round < 10; round += 1) {
    await coordinator.cancelCampaign({ id });
    await submit('again', methods, true);
  }
  const worker = new ScriptedWorker(embedded.addresses);
  await worker.start();
  try {
    const state = async () => (await coordinator.getCampaign({ id })).campaign?.state;
    await expect.poll(state, { timeout: 60_000, interval: 100 }).toBe(RunState.RUN_STATE_SUCCEEDED);
  } finally {
    await worker.stop();
  }
}, 120_000);
