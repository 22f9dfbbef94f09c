import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type Embedded, startEmbedded } from '@oneshot/cli';
import { CoordinatorServiceClient, SearcherServiceClient, TrainerServiceClient } from '@oneshot/contracts';
import { connect, ServiceError } from '@oneshot/service-kit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { countEverything } from './harness/outcome.js';
import { oneshot } from './harness/processes.js';
import { writeCampaign } from './harness/reference.js';
import { tinyCampaign } from './harness/tiny-campaign.js';
import { tinyDataset, writeTinyDataset } from './harness/tiny-dataset.js';
import { mayMount, needs } from './needs.js';

const directory = mkdtempSync(join(tmpdir(), 'oneshot-bad-'));
let embedded: Embedded;

beforeAll(async () => {
  writeTinyDataset(directory);
  embedded = await startEmbedded({ dataDir: join(directory, 'state'), dataDirs: [directory], workers: 0 });
}, 60_000);
afterAll(async () => {
  await embedded.shutdown();
  rmSync(directory, { recursive: true, force: true });
});

/** The error a call fails with. */
async function refusal(call: Promise<unknown>): Promise<ServiceError> {
  const error: unknown = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof ServiceError) return error;
  throw new Error(`expected a ServiceError, found ${String(error)}`);
}

const faultsOf = (error: ServiceError) => Object.fromEntries(error.fields.map(({ path, message }) => [path, message]));

const search = { space: 'toy_cell', profile: 'darts', data: { name: tinyDataset } };

describe('a search is refused at the door, with every fault', () => {
  test('unknown method, space and data set', async () => {
    const searcher = connect(SearcherServiceClient, embedded.addresses.searcher);
    const spec = { space: 'toy_cel', profile: 'gradas', data: { name: 'imagenet' } };
    const error = await refusal(searcher.submitSearch({ spec, retry: false }));
    searcher.close();
    expect(faultsOf(error)).toEqual({
      'space.name': expect.stringMatching(/^unknown space "toy_cel"; known: .*darts, .*nasbench201, .*toy_cell/),
      'profile.method': expect.stringMatching(/^unknown method "gradas"; known: darts, .*drnas, .*gdas, .*random, /),
      'data.name': expect.stringMatching(/^imagenet: found no data set of that name; allowed: fashion-mnist, /),
    });
  });

  test('a message larger than 4 MiB', async () => {
    const searcher = connect(SearcherServiceClient, embedded.addresses.searcher, { maxMessageBytes: 64 * 1024 * 1024 });
    const spec = { ...search, seed: 0, filling: 'x'.repeat(5 * 1024 * 1024) };
    const error = await refusal(searcher.submitSearch({ spec, retry: false }));
    searcher.close();
    expect(error.message).toMatch(/larger than max|4194304|4 MiB/);
  });
});

test('a genotype with a cycle is refused at the door', async () => {
  const trainer = connect(TrainerServiceClient, embedded.addresses.trainer);
  const cell = {
    nodes: [
      [{ op: 'sep_conv_3x3', from: 2 }],
      [
        { op: 'sep_conv_3x3', from: 0 },
        { op: 'dil_conv_3x3', from: 1 },
      ],
    ],
    concat: [1, 2],
  };
  const spec = {
    space: 'toy_cell',
    genotype: { space: 'toy_cell', cells: { normal: cell, reduce: cell } },
    data: { name: tinyDataset },
  };
  const error = await refusal(trainer.submitTraining({ spec, retry: false }));
  trainer.close();
  expect(faultsOf(error)['genotype.cells.normal.nodes[0][0].from']).toBe(
    'node 1 reads state 2, which comes later: a cycle; allowed 0 to 0',
  );
});

test('a campaign with five mistakes names all five, and nothing is stored', async () => {
  const coordinator = connect(CoordinatorServiceClient, embedded.addresses.coordinator);
  const spec = {
    ...tinyCampaign(),
    name: 'two words',
    methods: ['darts', 'gradas'],
    benchmarks: [{ name: 'patterns', space: 'toy_cel', data: 'imagenet', search: { epochs: 0 } }],
  };
  const error = await refusal(coordinator.submitCampaign({ spec, retry: false }));
  const { runs } = await coordinator.listCampaigns({ pageSize: 10, pageToken: '', states: [] });
  coordinator.close();
  expect(Object.keys(faultsOf(error)).sort()).toEqual([
    'benchmarks[0].data',
    'benchmarks[0].search.epochs',
    'benchmarks[0].space.name',
    'methods[1]',
    'name',
  ]);
  expect(runs).toEqual([]);
  expect(await countEverything(embedded.addresses)).toEqual({ searches: 0, trainings: 0, evaluations: 0, models: 0 });
});

/** Runs a campaign of one member by the command. */
function runCommand(name: string, changes: Readonly<Record<string, unknown>>, state: string, data: string) {
  const file = writeCampaign(join(directory, name), tinyCampaign({ name, ...changes }));
  const out = join(directory, name, 'out');
  return oneshot(['run', file, '--state', state, '--data-dir', data, '--out', out, '--workers', '1', '--json']);
}

test('a truncated IDX file is refused with the bytes found and expected, and nothing is started', async () => {
  const data = join(directory, 'truncated');
  writeTinyDataset(data);
  truncateSync(join(data, tinyDataset, 'train-images-idx3-ubyte'), 5000);
  const { code, stderr, stdout } = await runCommand(
    'truncated-idx',
    { methods: ['random'] },
    join(data, 'state'),
    data,
  ).finished();
  expect(code, stdout).toBe(2);
  expect(stderr).toMatch(/train-images-idx3-ubyte: found .*5[,.]?000 bytes.*; allowed: .*9[,.]?232 bytes/);
}, 120_000);

test('a run whose checkpoints are damaged starts anew, and ends with the numbers of an undisturbed one', async () => {
  const state = join(directory, 'corrupt-state');
  const changes = {
    methods: ['darts'],
    benchmarks: [{ ...(tinyCampaign().benchmarks as readonly object[])[0], search: { epochs: 25, batch: 16 } }],
  };
  const first = runCommand('corrupt', changes, state, directory);
  const checkpoints = () => artifactsOf(state).filter((path) => readFileSync(path).includes('oneshot-checkpoint'));
  while (checkpoints().length === 0 && !first.ended) await pause(20);
  await first.kill('SIGTERM');
  const damaged = checkpoints();
  expect(damaged.length).toBeGreaterThan(0);
  for (const path of damaged) truncateSync(path, statSync(path).size - 10);
  const undisturbed = join(directory, 'undisturbed-state');
  for (const each of [state, undisturbed]) {
    const { code, stderr } = await runCommand('corrupt', changes, each, directory).finished();
    expect(code, stderr).toBe(0);
  }
  expect(await searchedWeights(state)).toEqual(await searchedWeights(undisturbed));
}, 240_000);

/** Digest of the weights of the one search in a state folder. */
async function searchedWeights(state: string): Promise<string> {
  const { stdout } = await oneshot(['list', 'searches', '--json', '--state', state]).finished();
  const { weightsDigest } = JSON.parse(stdout.trim().split('\n').at(-1) ?? '').result;
  expect(weightsDigest).toMatch(/^[0-9a-f]{64}$/);
  return weightsDigest;
}

function artifactsOf(state: string): readonly string[] {
  const folder = join(state, 'artifacts');
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /^[0-9a-f]{64}$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name));
}

const smallDisk = needs('the right to mount a small file system', mayMount());

describe('a full disk', smallDisk, () => {
  /** Runs with a state folder of that many KiB. */
  async function onSmallDisk(name: string, kibibytes: number, work: (state: string) => Promise<void>): Promise<void> {
    const state = join(directory, name);
    mkdirSync(state);
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', state]);
    try {
      await work(state);
    } finally {
      execFileSync('umount', [state]);
    }
  }

  test(
    'too small to start on: exit code 5 and the file that did not fit',
    () =>
      onSmallDisk('full-at-start', 400, async (state) => {
        const { code, stderr } = await runCommand('full-at-start', {}, state, directory).finished();
        expect(stderr).toMatch(/The disk is full; nothing was stored \(.*\.sqlite/);
        expect(code).toBe(5);
      }),
    120_000,
  );

  test(
    'full while a campaign runs: it is told, and the campaign goes on when there is room again',
    () =>
      onSmallDisk('full-later', 2000, async (state) => {
        const command = runCommand('full-later', { methods: ['random', 'gdas'] }, state, directory);
        while (!command.stderr.includes('The disk is full') && !command.ended) await pause(100);
        expect(command.ended, command.stderr).toBe(false);
        execFileSync('mount', ['-o', 'remount,size=64m', state]);
        const { code, stderr } = await command.finished();
        expect(code, stderr).toBe(0);
      }),
    240_000,
  );
});
