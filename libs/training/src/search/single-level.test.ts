import { read, selectBackend } from '@oneshot/engine';
import { createSpace, resolveProfile } from '@oneshot/nas';
import { beforeAll, describe, expect, it } from 'vitest';
import { parseSearchSpec } from '../spec/search-spec.js';
import { taskOf } from '../task/image-classification.js';
import { tinyDataset } from '../testing/tiny-dataset.js';
import { runSearch } from './run-search.js';
import { searchBatches } from './search-batches.js';
import { SearchModel } from './search-model.js';
import { supernetPass } from './supernet-loss.js';
import { weightStep } from './weight-step.js';

const dataset = tinyDataset(8);

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));

const spec = (changes: object) => ({
  space: { name: 'nasbench201', cells: 1, channels: 2 },
  profile: {
    method: 'snas',
    epochs: 2,
    batch: 8,
    augment: { crop: 0, flip: false },
    // Steps whose change is the gradient itself.
    weights: { learningRate: { schedule: 'constant', from: 1 }, momentum: 0, weightDecay: 0, clip: 1e6 },
    regularizer: { name: 'none' },
    ...changes,
  },
  data: { name: 'tiny' },
  seed: 4,
});

describe('a search of a single level', () => {
  it('moves α and the weights along the gradients of one loss on the training batch', () => {
    const plain = { optimizer: 'sgd', learningRate: 1, momentum: 0, nesterov: false };
    const parsed = parseSearchSpec(spec({ architecture: plain }));
    const model = new SearchModel(createSpace(parsed.space), parsed.profile, taskOf(dataset), 4);
    const split = { train: Uint32Array.from({ length: 16 }, (_, i) => i), validation: Uint32Array.of(), digest: '' };
    const batch = searchBatches(parsed, dataset, split, 'train').batch(0, 0);
    const variables = [...model.alpha, ...model.network.variables];
    const valuesOf = () => variables.flatMap(({ value }) => [...read(value)]);
    const at = { epoch: 0, step: 0, learningRates: { weights: 1, architecture: 1 } };
    const draw = () => model.draw('weights', { ...at, draw: 0 });
    const slopes = supernetPass(model, batch, draw, variables, false).gradients.flatMap((each) => [...read(each)]);
    const before = valuesOf();
    const { architectureGradientNorm } = weightStep(model, batch, at, true);
    valuesOf().forEach((value, index) => {
      expect(value).toBeCloseTo((before[index] ?? 0) - (slopes[index] ?? 0), 4);
    });
    const ofAlpha = slopes.slice(0, model.alpha[0]?.value.size);
    expect(architectureGradientNorm).toBeCloseTo(Math.hypot(...ofAlpha), 5);
    expect(Math.hypot(...ofAlpha)).toBeGreaterThan(0.01);
    model.dispose();
  });

  it('tells no figures of validation, for there are none', async () => {
    const { history, validationLoss } = await runSearch(spec({}), { dataset });
    expect(validationLoss).toBeNull();
    for (const epoch of history) {
      expect(epoch).not.toHaveProperty('validationLoss');
      expect(epoch).not.toHaveProperty('validationAccuracy');
      expect(epoch.architectureGradientNorm).toBeGreaterThan(0);
    }
  });

  it('leaves α alone while it rests', async () => {
    const { history } = await runSearch(spec({ architecture: { frozenEpochs: 1, learningRate: 0.1 } }), { dataset });
    const [first, second] = history;
    expect(first).not.toHaveProperty('architectureGradientNorm');
    const start = parseSearchSpec(spec({}));
    const model = new SearchModel(createSpace(start.space), start.profile, taskOf(dataset), 4);
    expect(first?.alpha.cell?.flat()).toEqual([...(model.alphaValues().get('cell') ?? [])]);
    expect(second?.alpha).not.toEqual(first?.alpha);
    model.dispose();
  });

  it.each([
    [
      { architecture: { step: 'after_weights' } },
      'profile.architecture.step: single_level moves α and the weights at once',
    ],
    [{ perturbation: { name: 'random' } }, 'single_level has one pass for both: leave random out'],
  ])('is refused with %j', (changes, message) => {
    expect(() => resolveProfile({ method: 'snas', ...changes }, createSpace('nasbench201'))).toThrow(message);
  });
});
