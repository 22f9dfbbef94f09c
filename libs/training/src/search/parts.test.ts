import { mul, selectBackend, sub, sum } from '@oneshot/engine';
import {
  createSpace,
  defineRegularizer,
  defineSelector,
  differentiated,
  genotypeOf,
  NasError,
  resolveProfile,
} from '@oneshot/nas';
import { beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { memoryStore } from '../testing/memory-store.js';
import { tinyDataset } from '../testing/tiny-dataset.js';
import { runSearch } from './run-search.js';

const dataset = tinyDataset(8);

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));

/** Pulls the weights that were drawn towards 0 or 1, a little more with every step. */
defineRegularizer({
  name: 'test_sharpen',
  summary: 'scale · steps · Σ w(1 − w) over the drawn weights',
  source: 'made by the test',
  options: { scale: z.number().positive().default(0.01) },
  exclusions: (_, { sampler }) =>
    sampler.name === 'uniform' ? [{ path: 'regularizer.name', message: 'test_sharpen has no α to move' }] : [],
  create({ scale }) {
    let steps = 0;
    return {
      penalty(input) {
        steps++;
        return differentiated(input, () => {
          const [weights] = input.draw().weights.values();
          if (weights === undefined) throw new RangeError('no weights');
          return mul(sum(mul(weights, sub(1, weights))), scale * steps);
        });
      },
      state: () => ({ steps: Float32Array.of(steps) }),
      restore(state) {
        steps = state.steps?.[0] ?? 0;
      },
    };
  },
});

/** The first option of every choice. */
defineSelector({
  name: 'test_first',
  summary: 'the first option of every choice',
  source: 'made by the test',
  readsAlpha: false,
  fits: () => true,
  select: ({ space }) => genotypeOf(space, new Map(space.choices.map(({ id, options }) => [id, options.slice(0, 1)]))),
});

const spec = (changes: object) => ({
  space: { name: 'nasbench201', cells: 1, channels: 2, primitives: ['skip_connect', 'none', 'nor_conv_1x1'] },
  profile: {
    method: 'darts',
    epochs: 4,
    batch: 12,
    augment: { crop: 0, flip: false },
    architecture: { learningRate: 0.1 },
    ...changes,
  },
  data: { name: 'tiny' },
  seed: 2,
});

describe('parts that a caller defines', () => {
  const sharpen = { regularizer: { name: 'test_sharpen' } };

  it('are named in profiles, with their defaults filled in, and refused by their own exclusions', () => {
    const space = createSpace('nasbench201');
    const profile = { method: 'darts', ...sharpen, selector: 'test_first' };
    expect(resolveProfile(profile, space)).toMatchObject({
      regularizer: { name: 'test_sharpen', scale: 0.01 },
      selector: 'test_first',
    });
    const uniform = { ...profile, sampler: { name: 'uniform' } };
    expect(() => resolveProfile(uniform, space)).toThrow('profile.regularizer.name: test_sharpen has no α to move');
    const scale = { ...profile, regularizer: { name: 'test_sharpen', scale: -1 } };
    expect(() => resolveProfile(scale, space)).toThrow(NasError);
  });

  it('a penalty sees the draw: the weights are sharper than without it', async () => {
    const spread = async (changes: object) => {
      const { history } = await runSearch(spec(changes), { dataset });
      const weights = Object.values(history.at(-1)?.architectureWeights ?? {}).flat(2);
      return weights.reduce((total, weight) => total + weight * (1 - weight), 0);
    };
    const strong = { regularizer: { name: 'test_sharpen', scale: 1 } };
    expect(await spread(strong)).toBeLessThan(0.9 * (await spread({ regularizer: { name: 'none' } })));
  });

  it('what a part remembers is in checkpoints: a resumed search ends with the same bits', async () => {
    const whole = await runSearch(spec(sharpen), { dataset });
    const checkpoints = memoryStore();
    const controller = new AbortController();
    const onEpoch = ({ epoch }: { epoch: number }) => {
      if (epoch === 2) controller.abort();
    };
    const run = runSearch(spec(sharpen), { dataset, checkpoints, signal: controller.signal, onEpoch });
    await expect(run).rejects.toThrow('cancelled');
    const resumed = await runSearch(spec(sharpen), { dataset, checkpoints });
    expect(JSON.stringify(resumed.history)).toBe(JSON.stringify(whole.history));
  });

  it('a selector reads the genotype off', async () => {
    const found = await runSearch(spec({ selector: 'test_first', epochs: 1 }), { dataset });
    expect(found.notation).toContain('skip_connect~0');
    expect(found.notation).not.toContain('nor_conv');
  });

  it('a name is given once', () => {
    const again = { name: 'l2', summary: '', source: '', create: () => ({}) };
    expect(() => defineRegularizer(again)).toThrow('the regularizer l2 exists already');
  });
});
