import { type GradConfig, Max, Mean, Softmax, Sum, util } from '@tensorflow/tfjs-core';
import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import { equal } from '../ops/compare.js';
import { div, mul } from '../ops/elementwise.js';
import { reshape } from '../ops/shape.js';
import { ones } from '../tensor/create.js';
import type { Tensor } from '../tensor/tensor.js';
import { at, gradient } from './gradient.js';

type Axis = number | number[] | null | undefined;

/** `reduced` with the axes it lost put back at length 1, then repeated to `shape`. */
function expand(reduced: Tensor, shape: readonly number[], axis: Axis): Tensor {
  const axes = util.parseAxisParam(axis ?? shape.map((_, d) => d), [...shape]);
  const kept = shape.map((length, d) => (axes.includes(d) ? 1 : length));
  return mul(ones(shape), reshape(reduced, kept));
}

const ofSum = gradient<{ axis: Axis }>({
  kernel: Sum,
  inputs: ['x'],
  gradients: (dys, saved, { axis }) => ({ x: () => expand(at(dys, 0), at(saved, 0).shape, axis) }),
});

const ofMean = gradient<{ axis: Axis }>({
  kernel: Mean,
  inputs: ['x'],
  gradients: (dys, saved, { axis }) => {
    const [dy, x] = [at(dys, 0), at(saved, 0)];
    return { x: () => div(expand(dy, x.shape, axis), x.size / dy.size) };
  },
});

const ofMax = gradient<{ reductionIndices: Axis; axis: Axis }>({
  kernel: Max,
  inputs: ['x'],
  outputs: [true],
  gradients: (dys, saved, { reductionIndices, axis }) => {
    const [dy, x, y] = [at(dys, 0), at(saved, 0), at(saved, 1)];
    const axes = reductionIndices ?? axis;
    return { x: () => mul(expand(dy, x.shape, axes), equal(x, expand(y, x.shape, axes))) };
  },
});

const ofSoftmax = gradient({
  kernel: Softmax,
  outputs: [true],
  gradients: (dys, saved) => ({
    logits: () => runKernel(Kernel.softmaxGradient, { p: at(saved, 0), dy: at(dys, 0) }),
  }),
});

/** Gradients of sums, means, maxima and softmax. */
export const reductionGradients: readonly GradConfig[] = [ofSum, ofMean, ofMax, ofSoftmax];
