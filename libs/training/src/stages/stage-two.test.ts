import { selectBackend } from '@oneshot/engine';
import { createSpace, formatGenotype, genotypeAt, genotypeCells, optionsOf } from '@oneshot/nas';
import { beforeAll, describe, expect, it } from 'vitest';
import { runSearch } from '../search/run-search.js';
import { memoryStore } from '../testing/memory-store.js';
import { tinyDataset } from '../testing/tiny-dataset.js';
import type { ArchitecturePrior } from './prior.js';

const dataset = tinyDataset(8);
const space = createSpace({ name: 'nasbench201', cells: 1, channels: 2 });

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));

const spec = (method: string, changes: Record<string, unknown> = {}) => ({
  space: { name: 'nasbench201', cells: 1, channels: 2 },
  profile: { method, batch: 12, weights: { learningRate: { from: 0.1, to: 0.01 } }, augment: { crop: 0, flip: false } },
  epochs: 3,
  data: { name: dataset.name },
  seed: 3,
  selectors: ['magnitude', 'validity'],
  ...changes,
});

describe('selection by validity', () => {
  it('reads a genotype off beside the own rule, which stays what it was', async () => {
    const result = await runSearch(spec('darts'), { dataset });
    const [magnitude, validity] = result.selections ?? [];
    expect(magnitude).toMatchObject({
      selector: 'magnitude',
      notation: result.notation,
      genotypeId: result.genotypeId,
    });
    expect(validity?.validationAccuracy).toBeGreaterThan(1 / 3);
    const { selectors, ...alone } = spec('darts');
    const plain = await runSearch(alone, { dataset });
    expect([plain.genotypeId, plain.weightsDigest]).toEqual([result.genotypeId, result.weightsDigest]);
    expect(plain).not.toHaveProperty('selections');
  });

  it('is the same after an interruption', async () => {
    const whole = await runSearch(spec('gdas'), { dataset });
    const checkpoints = memoryStore();
    const controller = new AbortController();
    const onEpoch = ({ epoch }: { epoch: number }) => {
      if (epoch === 3) controller.abort();
    };
    const interrupted = runSearch(spec('gdas'), { dataset, checkpoints, signal: controller.signal, onEpoch });
    await expect(interrupted).rejects.toThrow('cancelled');
    const resumed = await runSearch(spec('gdas'), { dataset, checkpoints });
    expect(resumed.selections).toEqual(whole.selections);
  });

  it('works on a supernet that was never trained', async () => {
    const result = await runSearch(spec('random'), { dataset });
    expect(result.selections?.map(({ selector }) => selector)).toEqual(['magnitude', 'validity']);
    expect(result.history).toEqual([]);
    expect(result.weightsDigest).toBeNull();
  });
});

describe('an assessment', () => {
  it('measures the same sample of the space for every method, and tells what each would draw', async () => {
    const assess = { architectures: 12, images: 20 };
    const changes = { selectors: undefined, assess, epochs: 1 };
    const [darts, drnas] = [
      await runSearch(spec('darts', changes), { dataset }),
      await runSearch(spec('drnas', changes), { dataset }),
    ];
    const notations = darts.assessment?.accuracies.map(({ notation }) => notation);
    expect(new Set(notations).size).toBe(12);
    expect(drnas.assessment?.accuracies.map(({ notation }) => notation)).toEqual(notations);
    expect(darts.assessment?.images).toBe(24);
    expect(darts.assessment?.sampling).toHaveLength(6);
    for (const { probabilities } of darts.assessment?.sampling ?? []) {
      expect(Object.values(probabilities).reduce((sum, value) => sum + (value ?? 0), 0)).toBeCloseTo(1, 5);
    }
  });
});

describe('a given distribution', () => {
  const only = genotypeAt(space, 4711);
  const prior: ArchitecturePrior = {
    draw: () => only,
    marginals: () =>
      new Map(
        [...optionsOf(space, only)].map(([name, rows]) => [
          name,
          Float32Array.from({ length: 30 }, (_, i) => (rows[Math.floor(i / 5)] === i % 5 ? 1 : 0)),
        ]),
      ),
  };
  const drawn = {
    name: 'ideal',
    sampler: { name: 'uniform' },
    selector: 'random',
    batch: 12,
    augment: { crop: 0, flip: false },
  };
  const given = spec('darts', { profile: drawn, prior: { benchmark: 'mine', metric: 'accuracy' } });

  it('decides which architectures are trained and which are candidates', async () => {
    const result = await runSearch(given, { dataset, prior });
    const shares = Object.entries(result.history.at(-1)?.operationShares.cell ?? {}).filter(([, share]) => share > 0);
    const operations = new Set(genotypeCells(only).flatMap(([, { nodes }]) => nodes.flat().map(({ op }) => op)));
    expect(new Set(shares.map(([op]) => op))).toEqual(operations);
    expect(result.selections?.at(-1)?.notation).toBe(formatGenotype(only));
  });

  it('is refused where it is not given, or where a sampler learns its own', async () => {
    await expect(runSearch(given, { dataset })).rejects.toThrow('the distribution of mine is not given');
    await expect(runSearch({ ...given, profile: 'darts' }, { dataset, prior })).rejects.toThrow('allowed: uniform');
    await expect(runSearch(spec('darts', { space: 'darts', assess: {} }), { dataset })).rejects.toThrow(
      /assess: single architectures of darts/,
    );
  });
});
