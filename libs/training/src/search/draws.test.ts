import { read, selectBackend } from '@oneshot/engine';
import { createSpace, resolveProfile } from '@oneshot/nas';
import { beforeAll, describe, expect, it } from 'vitest';
import { searchBatches } from '../search/search-batches.js';
import { parseSearchSpec } from '../spec/search-spec.js';
import { taskOf } from '../task/image-classification.js';
import { memoryStore } from '../testing/memory-store.js';
import { tinyDataset } from '../testing/tiny-dataset.js';
import { architectureStep } from './architecture-step.js';
import { runSearch } from './run-search.js';
import { SearchModel } from './search-model.js';
import { supernetPass } from './supernet-loss.js';
import { weightStep } from './weight-step.js';

const dataset = tinyDataset(8);

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));

const spec = (changes: object) => ({
  space: { name: 'nasbench201', cells: 1, channels: 2 },
  profile: {
    method: 'gdas',
    epochs: 2,
    batch: 8,
    augment: { crop: 0, flip: false },
    regularizer: { name: 'none' },
    // Steps whose change is the gradient itself.
    weights: {
      learningRate: { schedule: 'constant', from: 1 },
      momentum: 0,
      nesterov: false,
      weightDecay: 0,
      clip: 1e6,
    },
    architecture: { optimizer: 'sgd', learningRate: 1, momentum: 0, nesterov: false },
    ...changes,
  },
  data: { name: 'tiny' },
  seed: 4,
});

describe('a step of several draws', () => {
  it('sums the gradients of the weights and averages those of α, all on the same two batches', () => {
    const K = 3;
    const parsed = parseSearchSpec(spec({ draws: K }));
    const model = new SearchModel(createSpace(parsed.space), parsed.profile, taskOf(dataset), 4);
    const half = { train: Uint32Array.from({ length: 16 }, (_, i) => i), validation: Uint32Array.of(16, 17, 18, 19) };
    const split = { ...half, digest: '' };
    const [train, validation] = (['train', 'validation'] as const).map((each) =>
      searchBatches(parsed, dataset, split, each).batch(0, 0),
    );
    if (train === undefined || validation === undefined) throw new RangeError('no batches');
    const draw = (purpose: 'weights' | 'architecture', index: number) => () =>
      model.draw(purpose, { epoch: 0, step: 0, draw: index });
    const indices = Array.from({ length: K }, (_, index) => index);
    const paths = indices.map((index) => JSON.stringify([...(draw('weights', index)().active ?? [])]));
    expect(new Set(paths).size).toBe(K);

    const at = { epoch: 0, step: 0, learningRates: { weights: 1, architecture: 1 } };
    const valuesOf = (variables: SearchModel['alpha']) => variables.flatMap(({ value }) => [...read(value)]);
    const added = (purpose: 'weights' | 'architecture', batch: typeof train, variables: SearchModel['alpha']) => {
      const each = indices.map((index) =>
        supernetPass(model, batch, draw(purpose, index), variables, false).gradients.flatMap((g) => [...read(g)]),
      );
      return each[0]?.map((_, i) => each.reduce((sum, gradient) => sum + (gradient[i] ?? 0), 0)) ?? [];
    };
    const { variables } = model.network;
    const ofAlpha = added('architecture', validation, model.alpha);
    const alpha = valuesOf(model.alpha);
    architectureStep(model, validation, train, at);
    valuesOf(model.alpha).forEach((value, i) => {
      expect(value).toBeCloseTo((alpha[i] ?? 0) - (ofAlpha[i] ?? 0) / K, 5);
    });
    const ofWeights = added('weights', train, variables);
    const before = valuesOf(variables);
    const { draws } = weightStep(model, train, at);
    expect(draws).toHaveLength(K);
    valuesOf(variables).forEach((value, i) => {
      expect(value).toBeCloseTo((before[i] ?? 0) - (ofWeights[i] ?? 0), 4);
    });
    expect(Math.max(...ofWeights.map(Math.abs))).toBeGreaterThan(0.1);
    model.dispose();
  });

  it('of one draw is the plain step, bit for bit; of more it is another', async () => {
    const plain = await runSearch(spec({}), { dataset });
    const one = await runSearch(spec({ draws: 1 }), { dataset });
    const three = await runSearch(spec({ draws: 3 }), { dataset });
    expect([one.history, one.weightsDigest]).toEqual([plain.history, plain.weightsDigest]);
    expect(three.weightsDigest).not.toBe(plain.weightsDigest);
  });

  it('ends bit for bit the same when it is interrupted, and on any number of threads', async () => {
    const slow = spec({ draws: 3, weights: { learningRate: { from: 0.05 } }, architecture: { learningRate: 0.05 } });
    const whole = await runSearch(slow, { dataset });
    const checkpoints = memoryStore();
    const controller = new AbortController();
    const run = runSearch(slow, { dataset, checkpoints, signal: controller.signal, onEpoch: () => controller.abort() });
    await expect(run).rejects.toThrow('cancelled');
    await selectBackend({ backend: 'auto', threads: 2 });
    const resumed = await runSearch(slow, { dataset, checkpoints });
    await selectBackend({ backend: 'auto', threads: 1 });
    expect([resumed.history, resumed.weightsDigest]).toEqual([whole.history, whole.weightsDigest]);
  });

  it('is refused where nothing is left to chance', () => {
    expect(() => resolveProfile({ method: 'darts', draws: 2 }, createSpace('nasbench201'))).toThrow(
      'profile.draws: found 2, but the sampler softmax leaves nothing to chance',
    );
    expect(resolveProfile({ method: 'darts', draws: 1 }, createSpace('nasbench201')).draws).toBe(1);
  });
});
