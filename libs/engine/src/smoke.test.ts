import { expect, it } from 'vitest';
import {
  type CellSchedule,
  crossEntropy,
  globalAveragePool,
  labels,
  linear,
  MomentumSgd,
  memory,
  randomStream,
  runCell,
  selectBackend,
  softmax,
  tensor,
  tidy,
  valueAndGradients,
  variable,
} from './index.js';

const schedule: CellSchedule = {
  inputs: [{ height: 8, width: 8, channels: 3 }],
  nodes: [
    {
      edges: [
        {
          from: 0,
          branches: [
            {
              kind: 'chain',
              mix: null,
              stages: [
                {
                  relu: false,
                  convolution: { size: 3, stride: 1, channels: 4, weights: 0 },
                  norm: { affine: true, weights: 108, statistics: 0 },
                },
              ],
            },
          ],
        },
      ],
    },
    {
      edges: [
        {
          from: 1,
          branches: [
            { kind: 'zero', mix: 0 },
            { kind: 'identity', mix: 1 },
            {
              kind: 'pool',
              pool: 'max',
              size: 3,
              stride: 1,
              padding: 1,
              mix: 2,
              norm: { affine: false, weights: 0, statistics: 8 },
            },
            {
              kind: 'chain',
              mix: 3,
              stages: [
                {
                  relu: true,
                  depthwise: { size: 3, stride: 1, dilation: 2, weights: 116 },
                  convolution: { size: 1, stride: 1, channels: 4, weights: 152 },
                  norm: { affine: false, weights: 0, statistics: 16 },
                },
              ],
            },
          ],
        },
      ],
    },
  ],
  output: [2],
  weightCount: 168,
  statisticCount: 24,
  mixCount: 4,
};

it('trains', async () => {
  await selectBackend({ backend: 'reference' });
  const stream = randomStream(1, 'x');
  const x = tensor(stream.normal(4 * 8 * 8 * 3), [4, 8, 8, 3]);
  const y = labels(Int32Array.of(0, 1, 2, 1));
  const w = variable(
    stream
      .at(1)
      .normal(168)
      .map((v) => v * 0.3),
    [168],
    'w',
  );
  const a = variable(new Float32Array(4), [4], 'a');
  const hw = variable(stream.at(2).normal(12), [4, 3], 'hw');
  const hb = variable(new Float32Array(3), [3], 'hb');
  const opt = new MomentumSgd({ momentum: 0.9, weightDecay: 3e-4 });
  const before = memory().tensors;
  const losses: number[] = [];
  for (let i = 0; i < 20; i++) {
    tidy(() => {
      const r = valueAndGradients(() => {
        const { output } = runCell(schedule, { inputs: [x], weights: w.value, mix: softmax(a.value), mode: 'train' });
        return crossEntropy(linear(globalAveragePool(output), hw.value, hb.value), y);
      }, [w, a, hw, hb]);
      opt.apply([w, a, hw, hb], r.gradients, 0.1);
      losses.push(r.loss);
    });
  }
  console.log(losses);
  expect(memory().tensors).toBe(before);
  expect(losses[19]).toBeLessThan(losses[0] as number);
});
