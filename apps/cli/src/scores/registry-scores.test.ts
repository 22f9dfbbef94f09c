import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CampaignScore, RegistryServiceClient } from '@oneshot/contracts';
import { connect } from '@oneshot/service-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Embedded, startEmbedded } from '../compose/embedded.js';
import { runOneshot } from '../testing/run-oneshot.js';

const folder = mkdtempSync(join(tmpdir(), 'oneshot-registry-scores-'));
const state = join(folder, 'state');
const digest = (letter: string) => letter.repeat(64);
const oneshot = (...args: string[]) => runOneshot(args, { cwd: folder });
let embedded: Embedded;

/**
 * Three methods on two benchmarks under two seeds; the second campaign shares a score with the
 * first, and has a benchmark of the same name but other settings.
 */
const scores = ['darts', 'gdas', 'random'].flatMap((method, rank) =>
  ['x', 'y'].flatMap((benchmark) =>
    [0, 1].map((seed) =>
      CampaignScore.fromPartial({
        ...{ campaignId: digest('a'), campaign: 'first', method, methodSettings: digest('m'), benchmark, seed },
        ...{ benchmarkSettings: digest(benchmark), space: 'darts', dataset: benchmark === 'x' ? 'cifar10' : 'svhn' },
        ...{ accuracy: 0.9 - rank / 10 + seed / 100, evaluationRunId: digest('e'), searchRunId: digest('5') },
      }),
    ),
  ),
);
const others = scores.slice(0, 1).flatMap((score) => [
  { ...score, campaignId: digest('b'), campaign: 'second' },
  {
    ...score,
    campaignId: digest('b'),
    campaign: 'second',
    benchmark: 'y',
    benchmarkSettings: digest('z'),
    dataset: 'svhn',
    accuracy: 0.5,
  },
]);

beforeAll(async () => {
  embedded = await startEmbedded({ dataDir: state, workers: 0 });
  const registry = connect(RegistryServiceClient, embedded.addresses.registry);
  expect((await oneshot('rank', 'registry:space=darts', '--state', state)).stderr).toContain(
    'The registry has no scores: campaigns note theirs when they end.',
  );
  await registry.recordScores({ scores });
  await registry.recordScores({ scores: others });
  const points = [0.3, 0.5, 0.4].flatMap((value, epoch) => [
    { name: 'validation_accuracy', step: epoch + 1, value },
    { name: 'seconds', step: epoch + 1, value: 2 },
  ]);
  await registry.recordMetrics({ runId: digest('5'), points });
  registry.close();
});
afterAll(async () => {
  await embedded.shutdown();
  rmSync(folder, { recursive: true });
});

describe('scores of the registry', () => {
  test('are ranked over campaigns, of running services and of a state folder alike; a score shared counts once', async () => {
    const query = 'registry:space=darts,data=cifar10,campaign=first,campaign=second';
    const there = await oneshot('rank', query, '--json', '--registry', embedded.addresses.registry);
    expect(there.code, there.stderr).toBe(0);
    expect(JSON.parse(there.stdout)).toMatchObject({
      type: 'ranking',
      benchmarks: ['x'],
      methods: [{ method: 'darts' }, { method: 'gdas' }, { method: 'random' }],
    });
    await embedded.shutdown();
    const here = await oneshot('rank', query, '--json', '--state', state);
    embedded = await startEmbedded({ dataDir: state, workers: 0 });
    expect(here).toEqual(there);
  });

  test('benchmarks of one name with different settings are kept apart, so a method that lacks one is named', async () => {
    const { code, stderr } = await oneshot('rank', 'registry:benchmark=y', '--state', state);
    expect(code).toBe(2);
    expect(stderr).toContain('gdas on y (settings zzzzzzzz): found no score');
  });

  test('are compared and reported', async () => {
    const compared = await oneshot('compare', 'registry:campaign=first', '--control', 'random', '--state', state);
    expect(compared.stdout, compared.stderr).toContain('Against random, by average ranks');
    const reported = await oneshot('report', 'registry:campaign=aaaa', '--state', state, '--out', 'report');
    expect(reported.code, reported.stderr).toBe(0);
    expect(readFileSync(join(folder, 'report', 'report.html'), 'utf8')).toContain('registry:campaign=aaaa');
  });

  test('are drawn; any-time curves are of the searches behind them, over epochs or seconds', async () => {
    const boxes = await oneshot('plot', 'boxes', 'registry:campaign=first', '--state', state, '--out', 'boxes.svg');
    expect(boxes.code, boxes.stderr).toBe(0);
    expect(existsSync(join(folder, 'boxes.svg'))).toBe(true);
    const query = 'registry:campaign=first,method=darts,data=cifar10,seed=0';
    const anyTime = ['plot', 'any-time', query, '--state', state];
    await oneshot(...anyTime, '--out', 'epochs.csv');
    const drawn = await oneshot(...anyTime, '--time', 'seconds', '--out', 'seconds.csv');
    expect(drawn.code, drawn.stderr).toBe(0);
    const points = (file: string) => [...readFileSync(join(folder, file), 'utf8').matchAll(/darts.*?,(\d+),(0\.\d)/g)];
    expect(points('epochs.csv').map(([, time, value]) => [time, value])).toEqual([
      ['1', '0.3'],
      ['2', '0.5'],
      ['3', '0.5'],
    ]);
    expect(points('seconds.csv').map(([, time]) => time)).toEqual(['2', '4', '6']);
  });

  test('are listed', async () => {
    const { stdout } = await oneshot('list', 'scores', '--state', state);
    expect(stdout).toMatch(/first +darts +x +darts +cifar10 +0 +90\.00 %/);
  });
});

describe('queries at fault end with code 2', () => {
  test.each([
    ['registry:spcae=darts', 'filter: found "spcae", allowed: NAME=VALUE, where NAME is one of space, data, method'],
    ['registry:space=darst,data=svhn', 'space: found "darst", allowed: darts'],
    ['registry:seed=7,data=mnist', 'data: found "mnist", allowed: cifar10, svhn'],
    ['registry:data=svhn,benchmark=x', 'no score of the registry passes all of these filters together'],
  ])('%s', async (query, why) => {
    const { code, stdout, stderr } = await oneshot('rank', query, '--state', state);
    expect(stderr).toContain(why);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  });

  test('a query without the address of the registry says how to give it', async () => {
    const { code, stderr } = await oneshot('rank', 'registry:', '--evaluator', embedded.addresses.evaluator);
    expect(code).toBe(2);
    expect(stderr).toContain('Give its address with --registry HOST:PORT');
  });
});
