import { selectBackend } from '@oneshot/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { memoryStore } from '../testing/memory-store.js';
import { tinyDataset } from '../testing/tiny-dataset.js';
import { runTraining } from './run-training.js';

const dataset = tinyDataset();

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));

const spec = {
  space: { name: 'toy_cell', channels: 4 },
  genotype:
    "Genotype(normal=[('dil_conv_3x3', 0), ('dil_conv_5x5', 0), ('sep_conv_3x3', 1)], normal_concat=range(1, 3), reduce=[('sep_conv_3x3', 0), ('sep_conv_5x5', 0), ('dil_conv_3x3', 1)], reduce_concat=range(1, 3))",
  data: { name: 'tiny' },
  epochs: 4,
  batch: 8,
  weights: { learningRate: { from: 0.1, to: 0.001 } },
  augment: { crop: 0, flip: false, cutout: 2 },
  dropPath: 0.2,
};

describe('runTraining', () => {
  it('learns a learnable problem and evaluates on the test part', async () => {
    const result = await runTraining({ ...spec, epochs: 8 }, { dataset });
    expect(result.history).toHaveLength(8);
    expect(result.testAccuracy).toBeGreaterThan(0.8);
    expect(result.parameters).toBeGreaterThan(0);
  });

  it('drop path grows linearly from 0', async () => {
    const { history } = await runTraining(spec, { dataset });
    history.forEach(({ dropPath }, index) => {
      expect(dropPath).toBeCloseTo(0.05 * index, 12);
    });
  });

  it('ends with the same bits when activations are made again instead of kept', async () => {
    const short = { ...spec, epochs: 1 };
    const [kept, again] = [
      await runTraining(short, { dataset }),
      await runTraining({ ...short, recompute: true }, { dataset }),
    ];
    expect(again.weightsDigest).toBe(kept.weightsDigest);
  });

  it.each(['float32', 'bf16'])(
    'interrupted after any epoch and resumed in %s ends with the same bits',
    async (precision) => {
      const written = { ...spec, precision };
      const whole = await runTraining(written, { dataset });
      for (const stop of [1, 2, 3]) {
        const checkpoints = memoryStore();
        const controller = new AbortController();
        const onEpoch = ({ epoch }: { epoch: number }) => {
          if (epoch === stop) controller.abort();
        };
        const interrupted = runTraining(written, { dataset, checkpoints, signal: controller.signal, onEpoch });
        await expect(interrupted).rejects.toThrow('cancelled');
        const resumed = await runTraining(written, { dataset, checkpoints });
        expect(resumed.weightsDigest).toBe(whole.weightsDigest);
        expect(resumed.testAccuracy).toBe(whole.testAccuracy);
        expect(JSON.stringify(resumed.history)).toBe(JSON.stringify(whole.history));
      }
    },
  );

  it('is another run in bf16, unless float32 is written where it is meant', async () => {
    const short = { ...spec, epochs: 1 };
    const [plain, float32, bf16] = [
      await runTraining(short, { dataset }),
      await runTraining({ ...short, precision: 'float32' }, { dataset }),
      await runTraining({ ...short, precision: 'bf16' }, { dataset }),
    ];
    expect(float32.runId).toBe(plain.runId);
    expect(bf16.runId).not.toBe(plain.runId);
    expect(bf16.weightsDigest).not.toBe(plain.weightsDigest);
    expect(bf16.arithmetic).toEqual([{ ...plain.arithmetic[0], precision: 'bf16' }]);
  });

  it('trains with an auxiliary head where the image is large enough, and says so where it is not', async () => {
    const darts = {
      ...spec,
      space: { name: 'darts', cells: 4, channels: 1, nodes: 1 },
      genotype:
        "Genotype(normal=[('sep_conv_3x3', 0), ('skip_connect', 1)], normal_concat=range(2, 3), reduce=[('max_pool_3x3', 0), ('skip_connect', 1)], reduce_concat=range(2, 3))",
      epochs: 1,
      auxiliary: 0.4,
    };
    await expect(runTraining(darts, { dataset })).rejects.toThrow('auxiliary: found a map of 2×2');
    const large = tinyDataset(20);
    const result = await runTraining({ ...darts, data: { name: 'tiny', trainImages: 16 } }, { dataset: large });
    expect(Object.keys(result.weights).some((name) => name.startsWith('auxiliary'))).toBe(false);
  });
});
