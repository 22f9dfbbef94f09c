import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Embedded, startEmbedded } from '@oneshot/cli';
import {
  CoordinatorServiceClient,
  type CoordinatorServiceService,
  type GetCampaignResponse,
  RegistryServiceClient,
  type RegistryServiceService,
  RunState,
} from '@oneshot/contracts';
import { connect, type ServiceClient } from '@oneshot/service-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { ScriptedWorker } from './harness/scripted-worker.js';
import { tinyCampaign } from './harness/tiny-campaign.js';
import { writeTinyDataset } from './harness/tiny-dataset.js';

const directory = mkdtempSync(join(tmpdir(), 'oneshot-conclusion-'));
let embedded: Embedded;
let coordinator: ServiceClient<typeof CoordinatorServiceService>;
let registry: ServiceClient<typeof RegistryServiceService>;
let worker: ScriptedWorker;

beforeAll(async () => {
  writeTinyDataset(directory);
  embedded = await startEmbedded({ dataDir: join(directory, 'state'), dataDirs: [directory], workers: 0 });
  coordinator = connect(CoordinatorServiceClient, embedded.addresses.coordinator);
  registry = connect(RegistryServiceClient, embedded.addresses.registry);
  worker = new ScriptedWorker(embedded.addresses);
  await worker.start();
}, 60_000);
afterAll(async () => {
  await worker.stop();
  coordinator.close();
  registry.close();
  await embedded.shutdown();
  rmSync(directory, { recursive: true, force: true });
});

/** Bytes of the same length in the place of an artifact's. */
function damage(digest: string): void {
  const parts = [digest.slice(0, 2), digest.slice(2, 4), digest];
  const path = join(directory, 'state', 'artifacts', 'sha256', ...parts);
  writeFileSync(path, 'x'.repeat(statSync(path).size));
}

async function ended(retry: boolean): Promise<GetCampaignResponse> {
  const { run } = await coordinator.submitCampaign({ spec: tinyCampaign(), retry });
  const id = run?.id ?? '';
  for await (const _ of coordinator.watchCampaign({ id, afterSequence: 0 }));
  return coordinator.getCampaign({ id });
}

test('a campaign that meets a damaged history at its end fails with the reason and keeps what is done; tried again, it does that alone anew', async () => {
  damage(worker.stored.trainingHistory);
  const first = await ended(false);
  expect(first.campaign).toMatchObject({
    state: RunState.RUN_STATE_FAILED,
    error: { reason: 'ARTIFACT_CORRUPT', message: expect.stringContaining(worker.stored.trainingHistory) },
  });
  expect(first.campaign?.error?.message).toMatch(/^All members are done, but the campaign cannot be concluded: /);
  expect(first.stages).toEqual({ done: 4 });
  const { scores } = await registry.listScores({
    ...{ pageSize: 0, pageToken: '', spaces: [], datasets: [], methods: [], benchmarks: [], campaigns: [] },
    ...{ seeds: [], genotypes: [], runs: [] },
  });
  expect(scores).toHaveLength(4);

  const again = await ended(true);
  expect(again.campaign).toMatchObject({ state: RunState.RUN_STATE_SUCCEEDED, error: undefined });
  const attempts = again.members.flatMap(({ search, trainings, evaluations }) =>
    [search, ...trainings, ...evaluations].map((run) => run?.attempt),
  );
  // The first training that is done again heals the history that all of them name.
  expect(attempts.filter((attempt) => attempt !== 1).length).toBeGreaterThan(0);
  expect(again.members.map(({ search }) => search?.attempt)).toEqual([1, 1, 1, 1]);

  const report = String(again.campaign?.result?.report);
  const { edges, truncated } = await registry.getLineage({ id: report });
  const to = (relation: string) => edges.filter((edge) => edge.relation === relation).map((edge) => edge.to);
  const evaluations = again.members.flatMap((member) => member.evaluations.map(({ id }) => id));
  expect(new Set(to('scored'))).toEqual(new Set(evaluations));
  expect(edges).toContainEqual({ from: again.campaign?.id, relation: 'reported_in', to: report });
  expect([to('reported_in').length, to('trained_into').length, truncated]).toEqual([5, 8, false]);
}, 120_000);
