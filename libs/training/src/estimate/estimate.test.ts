import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { selectBackend } from '@oneshot/engine';
import { needs } from '@oneshot/test/needs';
import { beforeAll, describe, expect, it } from 'vitest';
import { TrainingError } from '../errors.js';
import { runSearch } from '../search/run-search.js';
import { tinyDataset } from '../testing/tiny-dataset.js';
import { estimateSearch, estimateTraining } from './estimate.js';

const dataset = tinyDataset(20);
const data = { name: 'tiny' };
const gibibyte = 2 ** 30;

const { name: backend } = await selectBackend({ threads: 1 });
beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));

const darts = { name: 'darts', cells: 3, channels: 24, nodes: 2 };
const program = fileURLToPath(new URL('../testing/measure-run.mjs', import.meta.url));
const compiled = existsSync(fileURLToPath(new URL('../../dist/index.js', import.meta.url)));

const genotype =
  "Genotype(normal=[('sep_conv_3x3', 0), ('dil_conv_5x5', 1)], normal_concat=range(2, 3), reduce=[('max_pool_3x3', 0), ('sep_conv_5x5', 1)], reduce_concat=range(2, 3))";
const search = (space: object, profile: object) => ({
  kind: 'search',
  spec: { space, profile: { augment: { crop: 0 }, ...profile }, data, epochs: 1, batch: 24 },
});
const partial = { method: 'drnas', mutations: [{ name: 'partial_connection', keep: 2 }], edgeNormalisation: true };

const runs: readonly (readonly [string, object])[] = [
  ['a search in toy_cell', search({ name: 'toy_cell', channels: 24 }, { method: 'darts' })],
  ['a search in darts', search(darts, { method: 'darts' })],
  ['a search in deep, narrow cells', search({ ...darts, cells: 8, channels: 7 }, { method: 'darts' })],
  ['a search in a single cell', search({ ...darts, cells: 1, channels: 26, nodes: 4 }, { method: 'darts' })],
  ['a search in nasbench201', search({ name: 'nasbench201', cells: 2, channels: 24 }, { method: 'darts' })],
  ['a search that runs one operation per edge', search(darts, { method: 'gdas' })],
  ['a search with partial connections', search(darts, partial)],
  [
    'a search with partial connections of a rounded share',
    search({ ...darts, channels: 26 }, { method: 'drnas_partial' }),
  ],
  ['a search that recomputes activations', search(darts, { method: 'darts', recompute: true })],
  ['a search in bf16', search(darts, { method: 'darts', precision: 'bf16' })],
  [
    'a retraining',
    {
      kind: 'training',
      spec: { space: { ...darts, cells: 6, nodes: 1 }, genotype, data, epochs: 1, batch: 48, auxiliary: 0.4 },
    },
  ],
];

describe('the memory a run will take, told before it starts', needs('the native engine', backend === 'native'), () => {
  it.each(runs)(
    'of %s is within 15 %% of what its process takes',
    needs('the compiled packages', compiled),
    async (_, run) => {
      const { stdout } = await promisify(execFile)(process.execPath, [program, JSON.stringify(run)]);
      const { estimated, measured } = JSON.parse(stdout);
      expect(estimated / measured).toBeGreaterThan(0.85);
      expect(estimated / measured).toBeLessThan(1.15);
    },
  );

  it('refuses a run that cannot fit, with options each of which makes it fit', async () => {
    const spec = { space: darts, profile: 'darts', data, batch: 4096, epochs: 1 };
    const limit = { bytes: 2 * gibibyte, workers: 1 };
    const refused = await estimateSearch(spec, tinyDataset(20), { limit }).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(TrainingError);
    const { code, message } = refused as TrainingError;
    expect(code).toBe('too_large');
    expect(message).toMatch(/^memory: found [\d.]+ GiB at the peak; allowed 2\.0 GiB in all: it fits with /);
    const batch = Number(/batch: (\d+)/.exec(message)?.[1]);
    // What this process takes besides may have changed a little since.
    const roomier = { ...limit, bytes: 1.1 * limit.bytes };
    expect((await estimateSearch({ ...spec, batch }, dataset, { limit: roomier }))?.stepsPerEpoch).toBe(1);
    await expect(estimateSearch({ ...spec, batch: Math.ceil(1.3 * batch) }, dataset, { limit })).rejects.toThrow(
      'memory: found',
    );
  });

  it('is less in bf16, which is told where it makes a run fit', async () => {
    const spec = { space: darts, profile: 'darts', data, batch: 96, epochs: 1 };
    const peak = async (changes: object) => (await estimateSearch({ ...spec, ...changes }, dataset))?.peakBytes ?? 0;
    const [whole, halved] = [await peak({}), await peak({ precision: 'bf16' })];
    expect(halved).toBeLessThan(0.8 * whole);
    const limit = { bytes: (whole + halved) / 2, workers: 1 };
    await expect(estimateSearch(spec, dataset, { limit })).rejects.toThrow(
      /, or precision: bf16 \([\d.]+ GiB each\), or /,
    );
    await expect(estimateSearch({ ...spec, precision: 'bf16' }, dataset, { limit })).resolves.not.toBeNull();
  });

  it('counts the workers beside, and says how many fit', async () => {
    const spec = { space: darts, profile: 'darts', data, batch: 8 };
    const alone = await estimateSearch(spec, dataset);
    const limit = { bytes: 1.5 * (alone?.peakBytes ?? 0), workers: 2 };
    await expect(estimateSearch(spec, dataset, { limit })).rejects.toThrow(
      /at the peak of each of 2 workers; .* it fits with --workers 1/,
    );
    await expect(estimateSearch(spec, dataset, { limit: { ...limit, workers: 1 } })).resolves.not.toBeNull();
    const hopeless = estimateSearch(spec, dataset, { limit: { bytes: 1, workers: 1 } });
    await expect(hopeless).rejects.toThrow('it fits with fewer channels, cells or nodes of the space');
  });
});

describe('the time of an epoch, told before a run starts', () => {
  const spec = { space: { name: 'toy_cell', channels: 4 }, profile: 'darts', data, epochs: 1, batch: 4 };

  it('comes from a few steps that leave the run as it is', async () => {
    const undisturbed = await runSearch(spec, { dataset });
    const estimate = await estimateSearch(spec, dataset);
    expect(estimate?.stepsPerEpoch).toBe(6);
    expect(estimate?.secondsPerEpoch).toBeGreaterThan(0);
    const after = await runSearch(spec, { dataset });
    expect(after.weightsDigest).toBe(undisturbed.weightsDigest);
  });

  it('is known of retrainings too, and there is none where nothing is trained', async () => {
    const training = { space: { ...darts, nodes: 1, channels: 2 }, genotype, data, batch: 8 };
    expect((await estimateTraining(training, dataset)).stepsPerEpoch).toBe(6);
    expect(await estimateSearch({ ...spec, profile: 'random' }, dataset)).toBeNull();
  });

  it('is told on a backend that makes no plans, without the memory', async () => {
    await selectBackend({ backend: 'reference' });
    const small = { ...spec, space: { name: 'toy_cell', channels: 1 } };
    expect(await estimateSearch(small, tinyDataset(6))).toMatchObject({ peakBytes: null, stepsPerEpoch: 6 });
    await selectBackend({ backend: 'auto', threads: 1 });
  });
});
