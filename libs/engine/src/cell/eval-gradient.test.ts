import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select.js';
import { mul, sum } from '../index.js';
import { randomStream } from '../random/stream.js';
import { tensor } from '../tensor/create.js';
import { read } from '../tensor/read.js';
import { valueAndGradients } from '../variables/gradients.js';
import { variable } from '../variables/variable.js';
import { runCell } from './run.js';
import type { CellSchedule } from './schedule.js';

const schedule: CellSchedule = {
  inputs: [{ height: 4, width: 4, channels: 3 }],
  nodes: [
    {
      edges: [
        {
          from: 0,
          branches: [
            { kind: 'identity', mix: 0 },
            {
              kind: 'chain',
              mix: 1,
              stages: [
                {
                  relu: true,
                  convolution: { size: 3, stride: 1, channels: 3, weights: 0 },
                  norm: { affine: false, weights: 81, statistics: 0 },
                },
              ],
            },
          ],
        },
      ],
    },
  ],
  output: [1],
  weightCount: 81,
  statisticCount: 6,
  mixCount: 2,
};

const values = (what: string, count: number) => randomStream(2, what).normal(count);

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));
afterAll(() => selectBackend());

describe('a cell in eval mode', () => {
  it('has the gradients of norms that go by their running statistics, by finite differences', () => {
    const input = tensor(values('input', 2 * 48), [2, 4, 4, 3]);
    const direction = tensor(values('direction', 2 * 48), [2, 4, 4, 3]);
    const running = tensor(Float32Array.of(0.1, -0.2, 0.3, 0.5, 1.5, 2), [6]);
    const loss = (weights: ReturnType<typeof tensor>, mix: ReturnType<typeof tensor>) =>
      sum(mul(runCell(schedule, { inputs: [input], weights, mix, running, mode: 'eval' }).output, direction));
    const weights = variable(values('weights', 81), [81], 'weights');
    const mix = variable(Float32Array.of(0.4, 0.6), [2], 'mix');
    const found = valueAndGradients(() => loss(weights.value, mix.value), [weights, mix]);
    const [ofWeights, ofMix] = found.gradients.map((gradient) => read(gradient));
    // What runs without a tape is the fused cell: both must say the same.
    expect(read(loss(weights.value, mix.value))[0]).toBeCloseTo(found.loss, 4);
    const slope = (which: 'weights' | 'mix', index: number): number => {
      const at = (change: number): number => {
        const given = { weights: read(weights.value).slice(), mix: read(mix.value).slice() };
        given[which][index] = (given[which][index] ?? 0) + change;
        return read(loss(tensor(given.weights, [81]), tensor(given.mix, [2])))[0] ?? 0;
      };
      return (at(1e-2) - at(-1e-2)) / 2e-2;
    };
    for (const index of [0, 17, 40, 80]) expect(ofWeights?.[index]).toBeCloseTo(slope('weights', index), 2);
    for (const index of [0, 1]) expect(ofMix?.[index]).toBeCloseTo(slope('mix', index), 2);
  });
});
