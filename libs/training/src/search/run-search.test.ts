import { selectBackend } from '@oneshot/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { memoryStore } from '../testing/memory-store.js';
import { tinyDataset } from '../testing/tiny-dataset.js';
import { runSearch } from './run-search.js';

const dataset = tinyDataset();

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));

const spec = (method: string, changes: Record<string, unknown> = {}) => ({
  space: { name: 'toy_cell', channels: 2 },
  profile: {
    method,
    epochs: 4,
    batch: 12,
    weights: { learningRate: { from: 0.1, to: 0.01 } },
    augment: { crop: 0, flip: false },
    ...changes,
  },
  data: { name: dataset.name },
  seed: 3,
});

describe('runSearch', () => {
  it.each(['darts', 'darts_second_order', 'gdas', 'drnas'])(
    '%s trains α and weights to a genotype of the space',
    async (method) => {
      const epochs: number[] = [];
      const result = await runSearch(spec(method), { dataset, onEpoch: ({ epoch }) => void epochs.push(epoch) });
      expect(epochs).toEqual([1, 2, 3, 4]);
      expect(result.notation).toMatch(/^Genotype\(normal=.*reduce=.*\)$/);
      const alphas = new Set(result.history.map(({ alpha }) => JSON.stringify(alpha)));
      expect(alphas.size).toBe(4);
    },
  );

  it('lets α rest in the frozen epochs, and records no validation then', async () => {
    const { history } = await runSearch(spec('darts', { architecture: { frozenEpochs: 2 } }), { dataset });
    const moved = history.map(({ alpha }) => JSON.stringify(alpha) !== JSON.stringify(history[0]?.alpha));
    expect(moved).toEqual([false, false, true, true]);
    expect(history.map(({ validationLoss }) => validationLoss === undefined)).toEqual([true, true, false, false]);
  });

  it('runs compositions that no paper names', async () => {
    const uniform = { name: 'uniform paths', method: undefined, sampler: { name: 'uniform' }, selector: 'random' };
    const shares = (await runSearch(spec('darts', uniform), { dataset })).history.at(-1)?.operationShares.normal ?? {};
    expect(Object.values(shares).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 10);
    const confopt = await runSearch(spec('gdas', { sampler: { variant: 'confopt' } }), { dataset });
    expect(confopt.history).toHaveLength(4);
  });

  const partial = { mutations: [{ name: 'partial_connection', keep: 2 }], edgeNormalisation: true };
  const even = tinyDataset(8);

  it.each(['darts', 'darts_second_order', 'gdas', 'drnas'])(
    '%s runs with partial connections and edge normalisation in every space, and records β',
    async (method) => {
      const spaces = [
        { name: 'toy_cell', channels: 2 },
        { name: 'darts', cells: 3, channels: 3, nodes: 2 },
        { name: 'nasbench201', cells: 1, channels: 2 },
      ];
      for (const space of spaces) {
        const input = { ...spec(method, { ...partial, epochs: 2 }), space };
        const { history, genotype } = await runSearch(input, { dataset: even });
        expect(genotype.space).toBe(space.name);
        const [first, second] = history.map(({ beta }) => Object.values(beta ?? {}).flat());
        expect(first).toHaveLength(space.name === 'darts' ? 10 : 6);
        expect(second).not.toEqual(first);
        const nodes = space.name === 'nasbench201' ? 3 : 2;
        for (const weights of Object.values(history[1]?.edgeWeights ?? {})) {
          expect(weights.reduce((sum, weight) => sum + weight, 0)).toBeCloseTo(nodes, 5);
        }
      }
    },
  );

  it.each(['float32', 'bf16'])(
    'ends with the same bits in %s when activations are made again instead of kept',
    async (precision) => {
      const kept = await runSearch(spec('darts', { epochs: 1, precision }), { dataset });
      const again = await runSearch(spec('darts', { epochs: 1, precision, recompute: true }), { dataset });
      expect(again.weightsDigest).toBe(kept.weightsDigest);
      expect(again.alpha).toEqual(kept.alpha);
    },
  );

  it('is another run in bf16, near the one in float32, and says so', async () => {
    const exact = await runSearch(spec('darts'), { dataset });
    const rounded = await runSearch({ ...spec('darts'), precision: 'bf16' }, { dataset });
    expect(rounded.arithmetic).toEqual([{ ...exact.arithmetic[0], precision: 'bf16' }]);
    expect(rounded.runId).not.toBe(exact.runId);
    expect(rounded.weightsDigest).not.toBe(exact.weightsDigest);
    const [first, other] = [exact.history[0]?.trainLoss ?? 0, rounded.history[0]?.trainLoss ?? 0];
    expect(Math.abs(other - first)).toBeLessThan(0.01 * first);
  });

  it('is refused in bf16 where networks have no cells, beside what else is wrong', async () => {
    const written = { ...spec('darts'), space: 'conv_macro', precision: 'bf16', seed: -1 };
    await expect(runSearch(written, { dataset })).rejects.toThrow(
      /seed.*; precision: found bf16; networks of conv_macro have no cells, and single operations run in float32; allowed: float32$/,
    );
  });

  it('does not go on in another precision, and names both', async () => {
    const written = (precision: string) => ({ ...spec('darts', { epochs: 1 }), precision });
    for (const [before, after] of [
      ['bf16', 'float32'],
      ['float32', 'bf16'],
    ] as const) {
      const checkpoints = memoryStore();
      await runSearch(written(before), { dataset, checkpoints });
      await expect(runSearch(written(after), { dataset, checkpoints })).rejects.toThrow(
        `checkpoint: found precision ${before}; this run has ${after}`,
      );
    }
  });

  it('refuses images that a bypass cannot halve', async () => {
    await expect(runSearch(spec('darts', partial), { dataset })).rejects.toThrow(
      'image.height: found 6; partial connections in toy_cell need a multiple of 4',
    );
  });

  it('holds α near 0 by the divergence to Dirichlet(1), the more the larger its scale', async () => {
    const spread = async (scale: number) => {
      const changes = { regularizer: { name: 'dirichlet_kl', scale }, architecture: { learningRate: 0.1 } };
      const { alpha } = await runSearch(spec('drnas', changes), { dataset });
      return Math.hypot(...Object.values(alpha).flat(2));
    };
    expect(await spread(10)).toBeLessThan((await spread(0)) / 2);
  });

  it('random draws a genotype at once and trains nothing', async () => {
    const result = await runSearch({ ...spec('random'), profile: 'random' }, { dataset });
    expect(result.history).toEqual([]);
    expect(result.weightsDigest).toBeNull();
  });

  it.each([
    ['darts', {}],
    ['gdas', {}],
    ['drnas', {}],
    ['pcdarts', { ...partial, architecture: { frozenEpochs: 1 } }],
    ['darts', { precision: 'bf16' }],
    ['drnas', { ...partial, precision: 'bf16' }],
  ])('%s interrupted after any epoch and resumed ends with the same bits', async (method, changes) => {
    const dataset = even;
    const whole = await runSearch(spec(method, changes), { dataset });
    for (const stop of [1, 2, 3]) {
      const checkpoints = memoryStore();
      const controller = new AbortController();
      const onEpoch = ({ epoch }: { epoch: number }) => {
        if (epoch === stop) controller.abort();
      };
      await expect(
        runSearch(spec(method, changes), { dataset, checkpoints, signal: controller.signal, onEpoch }),
      ).rejects.toThrow('cancelled');
      const resumed = await runSearch(spec(method, changes), { dataset, checkpoints });
      expect(resumed.weightsDigest).toBe(whole.weightsDigest);
      expect(resumed.genotypeId).toBe(whole.genotypeId);
      // To the byte: what is stored of it is addressed by its content.
      expect(JSON.stringify(resumed.history)).toBe(JSON.stringify(whole.history));
    }
  });
});
