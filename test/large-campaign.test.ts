import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Embedded, startEmbedded } from '@oneshot/cli';
import {
  CoordinatorServiceClient,
  GetCampaignResponse,
  ListCampaignMembersResponse,
  ListRunsResponse,
  RegistryServiceClient,
  RunState,
} from '@oneshot/contracts';
import { readArtifact } from '@oneshot/jobs';
import { connect } from '@oneshot/service-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ScriptedWorker } from './harness/scripted-worker.js';
import { tinyDataset, writeTinyDataset } from './harness/tiny-dataset.js';

const members = 1000;
/** What a client of gRPC takes for one message. */
const messageBytes = 4 * 1024 * 1024;

const directory = mkdtempSync(join(tmpdir(), 'oneshot-large-'));
let embedded: Embedded;
let worker: ScriptedWorker;

beforeAll(async () => {
  writeTinyDataset(directory);
  embedded = await startEmbedded({ dataDir: join(directory, 'state'), dataDirs: [directory], workers: 0 });
  worker = new ScriptedWorker(embedded.addresses);
  await worker.start();
}, 120_000);
afterAll(async () => {
  await worker.stop();
  await embedded.shutdown();
  rmSync(directory, { recursive: true, force: true });
}, 60_000);

test('a campaign whose members together are larger than a message ends, and is told in pages', async () => {
  const coordinator = connect(CoordinatorServiceClient, embedded.addresses.coordinator);
  const registry = connect(RegistryServiceClient, embedded.addresses.registry);
  const spec = {
    name: 'large',
    methods: ['random'],
    benchmarks: [{ name: 'patterns', space: 'darts', data: tinyDataset }],
    seeds: Array.from({ length: members }, (_, seed) => seed),
  };
  const { run } = await coordinator.submitCampaign({ spec, retry: false });
  const id = run?.id ?? '';
  const done = new Set<number>();
  for await (const { change } of coordinator.watchCampaign({ id, afterSequence: 0 })) {
    if (change?.$case === 'member' && change.value.stage === 'done') done.add(change.value.seed);
  }
  expect(done.size).toBe(members);

  const first = await coordinator.getCampaign({ id });
  expect(first.campaign).toMatchObject({ state: RunState.RUN_STATE_SUCCEEDED });
  expect(first.stages).toEqual({ done: members });
  const sizes = [GetCampaignResponse.encode(first).finish().length];
  const told = [...first.members];
  for (let pageToken = first.nextPageToken; pageToken !== ''; ) {
    const page = await coordinator.listCampaignMembers({ id, pageSize: 1000, pageToken });
    sizes.push(ListCampaignMembersResponse.encode(page).finish().length);
    told.push(...page.members);
    pageToken = page.nextPageToken;
  }
  expect(told.map(({ seed }) => seed)).toEqual(spec.seeds);
  expect(Math.max(...sizes)).toBeLessThan(messageBytes);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBeGreaterThan(messageBytes);

  const list = await coordinator.listCampaigns({ pageSize: 1000, pageToken: '', states: [] });
  expect(ListRunsResponse.encode(list).finish().length).toBeLessThan(64 * 1024);
  const report = await readArtifact(registry, String(first.campaign?.result?.report));
  expect(report.toString('utf8')).toContain('large');
  coordinator.close();
  registry.close();
}, 600_000);
