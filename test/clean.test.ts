import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Embedded, startEmbedded } from '@oneshot/cli';
import { CoordinatorServiceClient, RegistryServiceClient } from '@oneshot/contracts';
import { readArtifact, storeArtifact } from '@oneshot/jobs';
import { connect } from '@oneshot/service-kit';
import { openDatabase } from '@oneshot/storage';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { oneshot } from './harness/processes.js';
import { ScriptedWorker } from './harness/scripted-worker.js';
import { tinyCampaign } from './harness/tiny-campaign.js';
import { writeTinyDataset } from './harness/tiny-dataset.js';

const directory = mkdtempSync(join(tmpdir(), 'oneshot-clean-'));
const state = join(directory, 'state');
let embedded: Embedded;

beforeAll(async () => {
  writeTinyDataset(directory);
  await start();
}, 60_000);
afterAll(async () => {
  await embedded.shutdown();
  rmSync(directory, { recursive: true, force: true });
});

async function start(): Promise<void> {
  embedded = await startEmbedded({ dataDir: state, dataDirs: [directory], workers: 0 });
}

async function clean(...options: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const { code, stdout, stderr } = await oneshot(['clean', '--state', state, '--json', ...options]).finished();
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout);
}

/** As if the services had stood still for weeks. */
async function age(): Promise<void> {
  await embedded.shutdown();
  const path = join(state, 'registry.sqlite');
  const database = await openDatabase<{ artifacts: { used_at: number } }>({ driver: 'sqlite', path });
  await database.queries.updateTable('artifacts').set({ used_at: 1 }).execute();
  await database.close();
  await start();
}

test('only files that nothing refers to go, and only when they were asked about by nobody for long', async () => {
  const registry = () => connect(RegistryServiceClient, embedded.addresses.registry);
  const coordinator = connect(CoordinatorServiceClient, embedded.addresses.coordinator);
  const worker = new ScriptedWorker(embedded.addresses);
  await worker.start();
  const { run } = await coordinator.submitCampaign({ spec: tinyCampaign(), retry: false });
  const id = run?.id ?? '';
  for await (const _ of coordinator.watchCampaign({ id, afterSequence: 0 }));
  const { campaign } = await coordinator.getCampaign({ id });
  await worker.stop();
  coordinator.close();
  let client = registry();
  const unused = await storeArtifact(client, Buffer.alloc(20_000, 'unused'), 'text/plain');
  const asked = await storeArtifact(client, Buffer.from('asked about'), 'text/plain');
  client.close();
  // One report, three artifacts of the worker's results, and these two.
  expect(await clean()).toMatchObject({ artifacts: 0, bytes: 0, kept: 6 });

  await age();
  client = registry();
  await client.statArtifact({ digest: asked });
  const found = { artifacts: 1, bytes: 20_000, kept: 5, largest: [{ digest: unused, size: 20_000 }] };
  expect(await clean()).toMatchObject({ deleted: false, ...found });
  expect(await clean('--delete')).toMatchObject({ deleted: true, ...found });
  expect(await clean('--delete')).toMatchObject({ artifacts: 0, kept: 5 });
  await expect(client.statArtifact({ digest: unused })).rejects.toMatchObject({ reason: 'ARTIFACT_NOT_FOUND' });
  for (const digest of [asked, String(campaign?.result?.report), ...Object.values(worker.stored)]) {
    expect((await readArtifact(client, digest)).length).toBeGreaterThan(0);
  }
  expect(await storeArtifact(client, Buffer.alloc(20_000, 'unused'), 'text/plain')).toBe(unused);
  expect((await readArtifact(client, unused)).length).toBe(20_000);
  client.close();
}, 120_000);
