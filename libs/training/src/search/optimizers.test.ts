import { selectBackend } from '@oneshot/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { decodeCheckpoint } from '../checkpoint/checkpoint.js';
import { runTraining } from '../retrain/run-training.js';
import { memoryStore } from '../testing/memory-store.js';
import { tinyDataset } from '../testing/tiny-dataset.js';
import { runSearch } from './run-search.js';

const dataset = tinyDataset();

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));

/** Each optimizer on both sides, each schedule on both sides, both lengths of a warm-up. */
const compositions = [
  [
    'Adam for weights, SGD for α',
    {
      weights: { optimizer: 'adam', learningRate: { from: 0.02, to: 0.001, every: 'step' } },
      architecture: { optimizer: 'sgd', momentum: 0.5, learningRate: 0.3 },
    },
  ],
  [
    'AdamW for weights, Adam for α, both warmed up',
    {
      weights: {
        optimizer: 'adamw',
        weightDecay: 0.01,
        learningRate: { schedule: 'linear', from: 0.02, every: 'step', warmup: { from: 0.001, epochs: 2 } },
      },
      architecture: { learningRate: { schedule: 'constant', from: 0.05, warmup: { from: 0.001, steps: 5 } } },
    },
  ],
  [
    'SGD for weights, AdamW for α, on a cosine',
    {
      weights: { learningRate: { schedule: 'constant', from: 0.05 } },
      architecture: { optimizer: 'adamw', learningRate: { from: 0.08, to: 0.02 } },
    },
  ],
] as const;

/** As in methods.test.ts: passing the state on lowers the validation loss, `none` raises it. */
const search = (parts: object) => ({
  space: { name: 'darts', cells: 1, nodes: 1, channels: 3, primitives: ['none', 'skip_connect'] },
  profile: { method: 'darts', epochs: 10, batch: 8, augment: { crop: 0, flip: false }, ...parts },
  data: { name: 'tiny' },
  seed: 1,
});

describe.each(compositions)('%s', (_, parts) => {
  it('moves α towards the operation that helps', async () => {
    const { alpha, history } = await runSearch(search(parts), { dataset });
    const lead = (alpha.normal ?? []).reduce((sum, [none = 0, skip = 0]) => sum + skip - none, 0);
    expect(lead).toBeGreaterThan(0.2);
    expect(history.at(-1)?.trainAccuracy).toBeGreaterThan(0.6);
  });

  it('interrupted in its warm-up and later, and resumed, ends with the same bits', async () => {
    const whole = await runSearch(search(parts), { dataset });
    const checkpoints = memoryStore();
    for (const stop of [1, 6]) {
      const controller = new AbortController();
      const onEpoch = ({ epoch }: { epoch: number }) => {
        if (epoch === stop) controller.abort();
      };
      const run = runSearch(search(parts), { dataset, checkpoints, signal: controller.signal, onEpoch });
      await expect(run).rejects.toThrow('cancelled');
    }
    const resumed = await runSearch(search(parts), { dataset, checkpoints });
    expect(resumed.weightsDigest).toBe(whole.weightsDigest);
    expect(JSON.stringify(resumed.history)).toBe(JSON.stringify(whole.history));
  });
});

describe('what is recorded', () => {
  it('of α’s learning rate: where it changes, at the start of every epoch', async () => {
    const [, parts] = compositions[2];
    const { history } = await runSearch(search(parts), { dataset });
    const rates = history.map(({ architectureLearningRate }) => architectureLearningRate ?? Number.NaN);
    expect(rates[0]).toBeCloseTo(0.08, 12);
    expect(rates[5]).toBeCloseTo(0.05, 12);
    expect((await runSearch(search({ epochs: 1 }), { dataset })).history[0]).not.toHaveProperty(
      'architectureLearningRate',
    );
  });

  it('in checkpoints: both moments of every weight and of α, by the names that they always had', async () => {
    const [, parts] = compositions[1];
    const checkpoints = memoryStore();
    const { runId } = await runSearch(search(parts), { dataset, checkpoints });
    const bytes = (await checkpoints.load()) ?? new Uint8Array(0);
    const { tensors } = decodeCheckpoint(bytes, { kind: 'search', spec: runId, data: dataset.digest });
    const names = Object.keys(tensors).map((name) => name.replace(/\/[^/]*$/, ''));
    expect([...new Set(names)].sort()).toEqual([
      'alpha',
      'architectureOptimizer/first',
      'architectureOptimizer/second',
      'architectureOptimizer/step',
      'network',
      'weightOptimizer/first',
      'weightOptimizer/second',
      'weightOptimizer/step',
    ]);
  });
});

describe('retraining', () => {
  const weights = {
    optimizer: 'adamw',
    learningRate: { from: 0.02, every: 'step', warmup: { from: 0.002, epochs: 1 } },
  };
  const spec = (changes: object) => ({
    space: { name: 'darts', cells: 1, nodes: 1, channels: 4 },
    genotype:
      "Genotype(normal=[('sep_conv_3x3', 0), ('skip_connect', 1)], normal_concat=range(2, 3), reduce=[], reduce_concat=range(2, 3))",
    data: { name: 'tiny' },
    epochs: 6,
    batch: 12,
    augment: { crop: 0, flip: false, cutout: 0 },
    dropPath: 0,
    ...changes,
  });

  it('by AdamW with a warm-up learns, and resumed ends with the same bits', async () => {
    const whole = await runTraining(spec({ weights }), { dataset });
    expect(whole.history[0]?.learningRate).toBeCloseTo(0.002, 12);
    expect(whole.history.at(-1)?.trainAccuracy).toBeGreaterThan(0.7);
    const checkpoints = memoryStore();
    const controller = new AbortController();
    const onEpoch = ({ epoch }: { epoch: number }) => {
      if (epoch === 2) controller.abort();
    };
    const run = runTraining(spec({ weights }), { dataset, checkpoints, signal: controller.signal, onEpoch });
    await expect(run).rejects.toThrow('cancelled');
    const resumed = await runTraining(spec({ weights }), { dataset, checkpoints });
    expect(resumed.weightsDigest).toBe(whole.weightsDigest);
  });

  it.each([
    [{ optimizer: 'adam' }, 'weights.learningRate: found nothing; allowed: an object'],
    [{ learningRate: { warmup: { from: 0.01, epochs: 6 } } }, 'weights.learningRate.warmup.epochs: found 6; at most 5'],
    [{ optimizer: 'adagrad' }, 'weights.optimizer: found "adagrad"; allowed: adam, adamw, sgd'],
  ])('refuses %j', async (wrong, message) => {
    await expect(runTraining(spec({ weights: wrong }), { dataset })).rejects.toThrow(message);
  });
});
