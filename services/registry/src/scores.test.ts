import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CampaignScore,
  ListScoresRequest,
  Model,
  RegistryServiceClient,
  type RegistryServiceService,
} from '@oneshot/contracts';
import { createInProcessBus } from '@oneshot/events';
import { storeArtifact } from '@oneshot/jobs';
import { Code, connect, createLogger, type RunningServer, type ServiceClient } from '@oneshot/service-kit';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startRegistry } from './start-registry.js';

const directory = mkdtempSync(join(tmpdir(), 'oneshot-scores-'));
let server: RunningServer;
let registry: ServiceClient<typeof RegistryServiceService>;
let genotypeId: string;
let modelId: string;

beforeAll(async () => {
  server = await startRegistry({
    database: { driver: 'sqlite', path: join(directory, 'registry.sqlite') },
    artifacts: { driver: 'files', directory: join(directory, 'artifacts') },
    bus: createInProcessBus(),
    port: 0,
    logger: createLogger({ name: 'test', level: 'silent' }),
  });
  registry = connect(RegistryServiceClient, server.address);
  const notation = '|nor_conv_3x3~0|+|none~0|skip_connect~1|+|none~0|none~1|nor_conv_1x1~2|';
  const form = { $case: 'notation', value: notation } as const;
  const { genotype } = await registry.registerGenotype({ space: { name: 'nasbench201' }, form, runId: '' });
  genotypeId = genotype?.id ?? '';
  const onnx = await storeArtifact(registry, Buffer.from('onnx'), 'application/onnx');
  const trained = { genotypeId, trainingRunId: digest('3'), onnx, parameters: 1, testAccuracy: 0.9 };
  const { model } = await registry.registerModel({ model: Model.fromPartial(trained) });
  modelId = model?.id ?? '';
});
afterAll(async () => {
  registry.close();
  await server.shutdown(0);
  rmSync(directory, { recursive: true, force: true });
});

const digest = (letter: string) => letter.repeat(64);
const list = async (filters: Partial<ListScoresRequest> = {}) =>
  (await registry.listScores(ListScoresRequest.fromPartial(filters))).scores;
const score = (changes: Partial<CampaignScore>): CampaignScore =>
  CampaignScore.fromPartial({
    ...{ campaignId: digest('a'), campaign: 'first', method: 'darts', benchmark: 'small', space: 'darts' },
    ...{ dataset: 'cifar10', seed: 0, accuracy: 0.9, genotypeId, searchRunId: digest('2') },
    ...{ trainingRunId: digest('3'), evaluationRunId: digest('4'), modelId },
    ...changes,
  });

test('a registry without scores answers any query with none', async () => {
  expect(await list()).toEqual([]);
  expect(await list({ spaces: ['darts'], runs: ['abcd'] })).toEqual([]);
});

test('scores are stored once and found by every filter, each with any of its values', async () => {
  const scores = [
    score({}),
    score({ method: 'gdas', accuracy: 0.8, searchRunId: digest('6') }),
    score({ campaignId: digest('b'), campaign: 'second', space: 'nasbench201', seed: 1 }),
    score({ campaignId: digest('b'), campaign: 'second', dataset: 'cifar100', retraining: 2 }),
  ];
  await registry.recordScores({ scores });
  await registry.recordScores({ scores: [score({ accuracy: 0.1 })] });
  const stored = await list();
  expect(stored.map(({ accuracy }) => accuracy).sort()).toEqual([0.8, 0.9, 0.9, 0.9]);
  expect(stored).toContainEqual({
    ...score({ method: 'gdas', accuracy: 0.8, searchRunId: digest('6') }),
    createdAt: expect.any(String),
  });
  const counts = await Promise.all([
    list({ spaces: ['nasbench201'] }),
    list({ spaces: ['nasbench201', 'darts'] }),
    list({ datasets: ['cifar10'], methods: ['darts'] }),
    list({ campaigns: ['second'] }),
    list({ campaigns: ['aaaa'] }),
    list({ seeds: [1] }),
    list({ runs: ['6666'] }),
    list({ runs: [digest('4')] }),
    list({ genotypes: [genotypeId.slice(0, 8)], benchmarks: ['small'] }),
    list({ seeds: [1], campaigns: ['first'] }),
  ]);
  expect(counts.map(({ length }) => length)).toEqual([1, 4, 2, 2, 2, 1, 1, 4, 4, 0]);
});

test('scores come in pages', async () => {
  const first = await registry.listScores(ListScoresRequest.fromPartial({ pageSize: 3 }));
  const second = await registry.listScores(
    ListScoresRequest.fromPartial({ pageSize: 3, pageToken: first.nextPageToken }),
  );
  expect([first.scores.length, second.scores.length, second.nextPageToken]).toEqual([3, 1, '']);
});

test('values that no score has are refused, each with those there are', async () => {
  const request = { spaces: ['darst'], datasets: ['cifar10', 'mnist'], seeds: [7], runs: ['ffff'], genotypes: ['%'] };
  await expect(registry.listScores(ListScoresRequest.fromPartial(request))).rejects.toMatchObject({
    code: Code.INVALID_ARGUMENT,
    fields: [
      { path: 'spaces[0]', found: 'darst', allowed: 'darts, nasbench201' },
      { path: 'datasets[1]', found: 'mnist', allowed: 'cifar10, cifar100' },
      { path: 'seeds[0]', found: '7', allowed: '0, 1' },
      { path: 'genotypes[0]', found: '%' },
      { path: 'runs[0]', found: 'ffff' },
    ],
  });
});

test('a score without its campaign, and one that is no number, are refused together', async () => {
  const scores = [
    score({ campaignId: '' }),
    score({ accuracy: Number.NaN }),
    score({ accuracy: 1.5, seed: -1, retraining: -1 }),
  ];
  await expect(registry.recordScores({ scores })).rejects.toMatchObject({
    fields: [
      { path: 'scores[0].campaign_id' },
      { path: 'scores[1].accuracy', found: 'NaN' },
      { path: 'scores[2].accuracy', found: '1.5' },
      { path: 'scores[2].seed', found: '-1' },
      { path: 'scores[2].retraining', found: '-1' },
    ],
  });
});

test('a score that names what is not registered, or what is no id, is refused by field and noted nowhere', async () => {
  const before = await list();
  const named = [score({ genotypeId: digest('8') }), score({ modelId: digest('9') })];
  await expect(registry.recordScores({ scores: named })).rejects.toMatchObject({
    fields: [
      { path: 'scores[0].genotype_id', found: digest('8') },
      { path: 'scores[1].model_id', found: digest('9') },
    ],
  });
  const scores = [score({ campaignId: 'mine', evaluationRunId: 'x', searchRunId: 'y', trainingRunId: 'z' })];
  await expect(registry.recordScores({ scores })).rejects.toMatchObject({
    fields: [
      { path: 'scores[0].campaign_id', found: 'mine' },
      { path: 'scores[0].evaluation_run_id', found: 'x' },
      { path: 'scores[0].search_run_id', found: 'y' },
      { path: 'scores[0].training_run_id', found: 'z' },
    ],
  });
  expect(await list()).toEqual(before);
});

test('the descent of a model goes on to the evaluations that scored it, that of a genotype too where a table was asked', async () => {
  await registry.recordScores({ scores: [score({ evaluationRunId: digest('b') })] });
  const asked = { campaignId: digest('c'), modelId: '', trainingRunId: '', evaluationRunId: digest('e') };
  await registry.recordScores({ scores: [score(asked)] });
  const { edges } = await registry.getLineage({ id: genotypeId });
  expect(edges).toContainEqual({ from: modelId, relation: 'scored', to: digest('b') });
  expect(edges).toContainEqual({ from: genotypeId, relation: 'scored', to: digest('e') });
});
