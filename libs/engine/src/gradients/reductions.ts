import { broadcastTo, type GradConfig, Max, Mean, Softmax, Sum, util } from '@tensorflow/tfjs-core';
import { equal } from '../ops/compare.js';
import { div, mul, sub } from '../ops/elementwise.js';
import { sum } from '../ops/reduce.js';
import { reshape } from '../ops/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { at, gradient } from './gradient.js';

type Axis = number | number[] | null | undefined;

/** `reduced` with the axes it lost put back at length 1, then repeated to `shape`. */
function expand(reduced: Tensor, shape: readonly number[], axis: Axis): Tensor {
  const axes = util.parseAxisParam(axis ?? shape.map((_, d) => d), [...shape]);
  const kept = shape.map((length, d) => (axes.includes(d) ? 1 : length));
  return broadcastTo(reshape(reduced, kept), [...shape]);
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

/** `dx = (dy − Σ dy·p)·p` over the last axis. */
const ofSoftmax = gradient({
  kernel: Softmax,
  outputs: [true],
  gradients: (dys, saved) => {
    const p = at(saved, 0);
    const last = p.rank - 1;
    return {
      logits: () => {
        const weighted = mul(at(dys, 0), p);
        return sub(weighted, mul(expand(sum(weighted, last), p.shape, last), p));
      },
    };
  },
});

/** Gradients of sums, means, maxima and softmax. */
export const reductionGradients: readonly GradConfig[] = [ofSum, ofMean, ofMax, ofSoftmax];
