import { at } from '../../gradients/gradient.js';
import { gelu, hardSigmoid, hardSwish, swish } from '../../ops/activation.js';
import { bankSplit } from '../../ops/bank-split.js';
import { batchNorm } from '../../ops/batch-norm.js';
import { channelScaleShift } from '../../ops/channel-scale-shift.js';
import { convolution } from '../../ops/convolution.js';
import { crossEntropy } from '../../ops/cross-entropy.js';
import { customGradient } from '../../ops/custom-gradient.js';
import { depthwiseConvolution } from '../../ops/depthwise-convolution.js';
import { dropout, dropoutMask } from '../../ops/dropout.js';
import {
  abs,
  add,
  clip,
  div,
  elu,
  exp,
  log,
  maximum,
  mul,
  neg,
  sigmoid,
  sqrt,
  square,
  sub,
} from '../../ops/elementwise.js';
import { globalAveragePool } from '../../ops/global-average-pool.js';
import { imageScale } from '../../ops/image-scale.js';
import { layerNorm } from '../../ops/layer-norm.js';
import { linear } from '../../ops/linear.js';
import { matMul } from '../../ops/mat-mul.js';
import { pool } from '../../ops/pool.js';
import { logSoftmax, max, mean, softmax, sum } from '../../ops/reduce.js';
import { relu } from '../../ops/relu.js';
import { concat, gather, pad, reshape, slice, transpose } from '../../ops/shape.js';
import { squeezeExcite } from '../../ops/squeeze-excite.js';
import { weightedSum } from '../../ops/weighted-sum.js';
import { randomStream } from '../../random/stream.js';
import { labels } from '../../tensor/create.js';
import type { Tensor } from '../../tensor/tensor.js';
import { alternating, awayFromZero, distinct, type Fill, normal, positive } from './numbers.js';

/** One differentiable function of tensors, and inputs away from its kinks. */
export interface Case {
  readonly name: string;
  readonly inputs: readonly (readonly [shape: readonly number[], fill: Fill])[];
  readonly run: (inputs: readonly Tensor[]) => Tensor;
}

type Unary = (x: Tensor) => Tensor;
type Binary = (a: Tensor, b: Tensor) => Tensor;

const unary = (name: string, fn: Unary, fill: Fill = normal, shape: readonly number[] = [3, 5]): Case => ({
  name,
  inputs: [[shape, fill]],
  run: (x) => fn(at(x, 0)),
});

const binary = (name: string, fn: Binary, fill: Fill = normal): Case[] =>
  (
    [
      ['same shape', [3, 4], [3, 4]],
      ['row broadcast', [3, 4], [4]],
      ['column broadcast', [3, 1], [3, 4]],
      ['scalar broadcast', [2, 3, 2], []],
      ['large', [40, 150], [40, 150]],
      ['channel broadcast, large', [3, 9, 8, 40], [40]],
      ['image and channel broadcast, large', [3, 9, 8, 40], [3, 1, 1, 40]],
      ['both broadcast', [3, 1, 4], [2, 1]],
    ] as const
  ).map(([how, a, b]) => ({
    name: `${name}, ${how}`,
    inputs: [
      [a, fill],
      [b, fill],
    ],
    run: (x) => fn(at(x, 0), at(x, 1)),
  }));

const elementwise: readonly Case[] = [
  ...binary('add', add),
  ...binary('sub', sub),
  ...binary('mul', mul),
  ...binary('div', div, positive),
  ...binary('maximum', (a, b) => maximum(mul(a, 1), add(b, 0.013)), distinct),
  unary('neg', neg),
  unary('exp', exp),
  unary('log', log, positive),
  unary('sqrt', sqrt, positive),
  unary('square', square),
  unary('abs', abs, awayFromZero),
  unary('relu', relu, awayFromZero, [2, 3, 3, 7]),
  unary('sigmoid', sigmoid),
  unary('sigmoid, large', sigmoid, normal, [3, 2000]),
  unary('hard sigmoid', hardSigmoid, (shape, seed) => normal(shape, seed).map((x) => 2 * x)),
  unary('hard swish', hardSwish, normal, [3, 2000]),
  unary('swish', swish, normal, [3, 2000]),
  unary('gelu', gelu, normal, [3, 2000]),
  unary('dropout', (x) => dropout(x, dropoutMask(randomStream(3, 'dropout'), x.shape, 0.3)), normal, [3, 2001]),
  unary('elu', elu, awayFromZero),
  unary('clip', (x) => clip(x, -0.2, 0.2), awayFromZero),
  unary('square of a tensor used twice', (x) => mul(x, x)),
];

const shaped: readonly Case[] = [
  unary('reshape', (x) => square(reshape(x, [5, 3]))),
  unary('transpose', (x) => transpose(x, [2, 0, 1]), normal, [2, 3, 4]),
  unary('slice', (x) => slice(x, [1, 0, 2], [1, 3, 2]), normal, [2, 3, 4]),
  unary('pad', (x) =>
    square(
      pad(
        x,
        [
          [1, 0],
          [2, 3],
        ],
        0.5,
      ),
    ),
  ),
  unary('gather with repeats', (x) => gather(x, labels(Int32Array.of(2, 0, 2, 1)), 1), normal, [2, 4, 3]),
  {
    name: 'concat',
    inputs: [
      [[2, 3], normal],
      [[2, 1], normal],
      [[2, 2], normal],
    ],
    run: (x) => square(concat(x, 1)),
  },
  {
    name: 'concat along channels, large',
    inputs: [
      [[2, 9, 8, 13], normal],
      [[2, 9, 8, 30], normal],
    ],
    run: (x) => square(concat(x, 3)),
  },
  unary('transpose, large', (x) => square(transpose(x, [0, 2, 1, 3])), normal, [2, 9, 8, 40]),
  unary('transpose of the last axis, large', (x) => square(transpose(x, [0, 2, 1])), normal, [2, 90, 40]),
  unary('slice of channels, large', (x) => slice(x, [0, 1, 0, 5], [-1, 5, -1, 20]), normal, [2, 9, 8, 40]),
  { name: 'concat of one', inputs: [[[2, 3], normal]], run: (x) => concat(x, 0) },
  {
    name: 'bank split with gap and overlap',
    inputs: [[[10], normal]],
    run: ([bank]) => {
      const parts = bankSplit(bank as Tensor, [
        { offset: 0, size: 3 },
        { offset: 2, size: 4 },
        { offset: 7, size: 1 },
      ]);
      return concat(parts.slice(0, 2).map(square), 0);
    },
  },
];

const reductions: readonly Case[] = [
  unary('sum', (x) => sum(x)),
  unary('sum over axes', (x) => sum(x, [0, 2]), normal, [2, 3, 4]),
  unary('mean', (x) => mean(x, 1)),
  unary('max', (x) => max(x, 1), distinct),
  unary('softmax', softmax),
  unary('softmax, large', softmax, normal, [90, 60]),
  unary('sum over leading axes, large', (x) => square(sum(x, [0, 1, 2])), normal, [2, 9, 8, 40]),
  unary('mean over inner axes, large', (x) => square(mean(x, [1, 2])), normal, [2, 9, 8, 40]),
  unary('mean over the last axis, large', (x) => square(mean(x, -1)), normal, [90, 60]),
  unary('sum over split axes, large', (x) => square(sum(x, [0, 2])), normal, [5, 9, 8, 40]),
  unary('logSoftmax', logSoftmax),
  unary('global average pool', globalAveragePool, normal, [3, 5, 4, 7]),
  unary('global average pool, large', globalAveragePool, normal, [3, 16, 16, 18]),
  unary('cross-entropy', (x) => crossEntropy(x, labels(Int32Array.of(0, 4, 2)))),
  unary('cross-entropy, smoothed', (x) => crossEntropy(x, labels(Int32Array.of(0, 4, 2)), { labelSmoothing: 0.1 })),
  unary('custom gradient', (x) =>
    customGradient(([v], save) => {
      save([v as Tensor]);
      return { value: square(v as Tensor), gradients: (dy, [saved]) => [mul(dy, mul(saved as Tensor, 2))] };
    })(x),
  ),
];

const products: readonly Case[] = [
  ...[false, true].flatMap((transposeA) =>
    [false, true].map(
      (transposeB): Case => ({
        name: `matMul${transposeA ? ' Aᵀ' : ''}${transposeB ? ' Bᵀ' : ''}`,
        inputs: [
          [transposeA ? [4, 3] : [3, 4], normal],
          [transposeB ? [5, 4] : [4, 5], normal],
        ],
        run: ([a, b]) => matMul(a as Tensor, b as Tensor, { transposeA, transposeB }),
      }),
    ),
  ),
  {
    name: 'matMul, batched',
    inputs: [
      [[2, 3, 4], normal],
      [[2, 4, 5], normal],
    ],
    run: ([a, b]) => matMul(a as Tensor, b as Tensor),
  },
  {
    name: 'matMul, batched, with transposes, large',
    inputs: [
      [[3, 4, 30, 17], normal],
      [[3, 4, 21, 30], normal],
    ],
    run: ([a, b]) => matMul(a as Tensor, b as Tensor, { transposeA: true, transposeB: true }),
  },
  {
    name: 'matMul, large',
    inputs: [
      [[64, 200], normal],
      [[200, 33], normal],
    ],
    run: ([a, b]) => matMul(a as Tensor, b as Tensor),
  },
  {
    name: 'linear',
    inputs: [
      [[5, 7], normal],
      [[7, 3], normal],
      [[3], normal],
    ],
    run: ([x, w, b]) => linear(x as Tensor, w as Tensor, b as Tensor),
  },
];

interface Geometry {
  size: number;
  stride: number;
  dilation: number;
  channels: number;
  height: number;
  width: number;
}

const geometries: readonly Geometry[] = [
  { size: 1, stride: 1, dilation: 1, channels: 7, height: 4, width: 5 },
  { size: 1, stride: 2, dilation: 1, channels: 18, height: 5, width: 6 },
  { size: 3, stride: 1, dilation: 1, channels: 1, height: 6, width: 5 },
  { size: 3, stride: 2, dilation: 1, channels: 7, height: 7, width: 8 },
  { size: 3, stride: 1, dilation: 2, channels: 18, height: 9, width: 7 },
  { size: 3, stride: 2, dilation: 2, channels: 26, height: 8, width: 9 },
  { size: 5, stride: 1, dilation: 1, channels: 16, height: 8, width: 6 },
  { size: 5, stride: 2, dilation: 2, channels: 3, height: 11, width: 10 },
  { size: 7, stride: 1, dilation: 1, channels: 4, height: 8, width: 8 },
];

const convolutions: readonly Case[] = geometries.flatMap(({ size, stride, dilation, channels, height, width }) => {
  const options = { stride, dilation, padding: (dilation * (size - 1)) / 2 };
  const what = `${size}×${size}, stride ${stride}, dilation ${dilation}, ${height}×${width}×${channels}`;
  return [
    {
      name: `depthwise ${what}`,
      inputs: [
        [[2, height, width, channels], normal],
        [[size, size, channels], normal],
      ],
      run: ([x, k]) => depthwiseConvolution(x as Tensor, k as Tensor, options),
    },
    {
      name: `convolution ${what}`,
      inputs: [
        [[2, height, width, channels], normal],
        [[size, size, channels, 5], normal],
      ],
      run: ([x, k]) => convolution(x as Tensor, k as Tensor, options),
    },
  ] satisfies Case[];
});

const uneven: readonly Case[] = [
  {
    name: 'convolution with uneven padding',
    inputs: [
      [[2, 5, 6, 3], normal],
      [[3, 2, 3, 4], normal],
    ],
    run: ([x, k]) =>
      convolution(x as Tensor, k as Tensor, {
        stride: 2,
        padding: [
          [0, 2],
          [1, 0],
        ],
      }),
  },
  {
    name: 'depthwise with uneven padding',
    inputs: [
      [[2, 5, 6, 3], normal],
      [[3, 2, 3], normal],
    ],
    run: ([x, k]) =>
      depthwiseConvolution(x as Tensor, k as Tensor, {
        stride: 1,
        padding: [
          [2, 0],
          [0, 1],
        ],
      }),
  },
];

const grouped: readonly Case[] = [
  {
    name: 'convolution in groups',
    inputs: [
      [[2, 6, 5, 12], normal],
      [[3, 3, 4, 9], normal],
    ],
    run: ([x, k]) => convolution(x as Tensor, k as Tensor, { padding: 1, stride: 2, groups: 3 }),
  },
  {
    name: 'convolution 1×1 of whole vectors with a bias',
    inputs: [
      [[2, 6, 5, 16], normal],
      [[1, 1, 16, 32], normal],
      [[32], normal],
    ],
    run: ([x, k, bias]) => add(convolution(x as Tensor, k as Tensor), bias as Tensor),
  },
  {
    name: 'convolution 1×1 with a kernel that is cut among tasks',
    inputs: [
      [[2, 3, 3, 130], normal],
      [[1, 1, 130, 140], normal],
    ],
    run: ([x, k]) => convolution(x as Tensor, k as Tensor),
  },
  {
    name: 'convolution 1×1 of many pixels',
    inputs: [
      [[3, 12, 11, 10], normal],
      [[1, 1, 10, 21], normal],
    ],
    run: ([x, k]) => convolution(x as Tensor, k as Tensor),
  },
];

const pools: readonly Case[] = (['max', 'average'] as const).flatMap((kind) =>
  (
    [
      [3, 1, 1, 6, 5, 7],
      [3, 2, 1, 7, 8, 18],
      [2, 2, 0, 6, 4, 1],
      [2, 1, 1, 4, 5, 3],
      [2, 2, 0, 5, 7, 26],
    ] as const
  ).map(
    ([size, stride, padding, height, width, channels]): Case => ({
      name: `${kind} pool ${size}×${size}, stride ${stride}, padding ${padding}, ${height}×${width}×${channels}`,
      inputs: [[[2, height, width, channels], distinct]],
      run: ([x]) => pool(x as Tensor, { pool: kind, size, stride, padding }),
    }),
  ),
);

const norms: readonly Case[] = [
  unary('batch norm, training', (x) => batchNorm(x, { mode: 'train' }).value, normal, [3, 4, 5, 7]),
  {
    name: 'batch norm, training, affine',
    inputs: [
      [[4, 3, 3, 5], normal],
      [[5], normal],
      [[5], normal],
    ],
    run: ([x, scale, shift]) =>
      batchNorm(x as Tensor, { mode: 'train', scale: scale as Tensor, shift: shift as Tensor }).value,
  },
  ...(['relu', 'hardSwish'] as const).map(
    (activation): Case => ({
      name: `batch norm, training, affine, ${activation}`,
      inputs: [
        [[4, 3, 3, 21], normal],
        // Small factors beside the shift: no value comes near the kink of a ReLU.
        [[21], (shape, seed) => normal(shape, seed).map((x) => x / 20)],
        [[21], alternating],
      ],
      run: ([x, scale, shift]) =>
        batchNorm(x as Tensor, { mode: 'train', scale: scale as Tensor, shift: shift as Tensor, activation }).value,
    }),
  ),
  {
    name: 'batch norm, eval',
    inputs: [
      [[2, 3, 3, 5], normal],
      [[5], normal],
      [[5], normal],
      [[5], normal],
      [[5], positive],
    ],
    run: ([x, scale, shift, mean, variance]) =>
      batchNorm(x as Tensor, {
        mode: 'eval',
        scale: scale as Tensor,
        shift: shift as Tensor,
        running: { mean: mean as Tensor, variance: variance as Tensor },
      }).value,
  },
  unary('layer norm', (x) => layerNorm(x), normal, [3, 5, 40]),
  {
    name: 'layer norm, affine',
    inputs: [
      [[4, 9, 7], normal],
      [[7], normal],
      [[7], normal],
    ],
    run: ([x, scale, shift]) => layerNorm(x as Tensor, { scale: scale as Tensor, shift: shift as Tensor }),
  },
  {
    name: 'channel scale and shift',
    inputs: [
      [[2, 3, 3, 7], normal],
      [[7], normal],
      [[7], normal],
    ],
    run: ([x, a, b]) => channelScaleShift(x as Tensor, a as Tensor, b as Tensor),
  },
  {
    name: 'squeeze and excitation',
    inputs: [
      [[4, 3, 5, 21], normal],
      [[21, 6], normal],
      // No bottleneck comes near the kink of its ReLU, and some are closed.
      [[6], (shape, seed) => alternating(shape, seed).map((x) => 8 * x)],
      [[6, 21], (shape, seed) => normal(shape, seed).map((x) => x / 20)],
      [
        [21],
        (shape) => Float32Array.from({ length: shape[0] ?? 0 }, (_, c) => (c % 5 === 0 ? 9 : c % 3 === 0 ? -9 : 0)),
      ],
    ],
    run: ([x, reduce, reduceBias, expand, expandBias]) =>
      squeezeExcite(x as Tensor, {
        reduce: reduce as Tensor,
        reduceBias: reduceBias as Tensor,
        expand: expand as Tensor,
        expandBias: expandBias as Tensor,
      }),
  },
  {
    name: 'image scale, one for all',
    inputs: [
      [[3, 2, 2, 5], normal],
      [[1], normal],
    ],
    run: ([x, c]) => imageScale(x as Tensor, c as Tensor),
  },
  {
    name: 'weighted sum, coefficients for all and per image',
    inputs: [
      [[3, 20, 9, 5], normal],
      [[3, 20, 9, 5], normal],
      [[1], normal],
      [[3], normal],
    ],
    run: ([a, b, p, q]) => weightedSum([a as Tensor, b as Tensor], [p as Tensor, q as Tensor]),
  },
  {
    name: 'image scale, per image',
    inputs: [
      [[3, 2, 2, 5], normal],
      [[3], normal],
    ],
    run: ([x, c]) => imageScale(x as Tensor, c as Tensor),
  },
];

/** Every differentiable op and kernel of the engine. */
export const cases: readonly Case[] = [
  ...elementwise,
  ...shaped,
  ...reductions,
  ...products,
  ...convolutions,
  ...uneven,
  ...grouped,
  ...pools,
  ...norms,
];
