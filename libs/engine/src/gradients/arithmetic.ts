import { Add, AddN, type GradConfig, Maximum, Multiply, Neg, RealDiv, Sub } from '@tensorflow/tfjs-core';
import { greaterEqual, less } from '../ops/compare.js';
import { div, mul, neg, square } from '../ops/elementwise.js';
import { unbroadcast } from './broadcast.js';
import { at, gradient } from './gradient.js';

const ofAdd = gradient({
  kernel: Add,
  inputs: ['a', 'b'],
  gradients: (dys, saved) => ({
    a: () => unbroadcast(at(dys, 0), at(saved, 0).shape),
    b: () => unbroadcast(at(dys, 0), at(saved, 1).shape),
  }),
});

const ofAddN: GradConfig = {
  kernelName: AddN,
  saveAllInputs: true,
  gradFunc: (dy, saved) =>
    Object.fromEntries(saved.map((_, i) => [String(i), () => (Array.isArray(dy) ? at(dy, 0) : dy)])),
};

const ofSub = gradient({
  kernel: Sub,
  inputs: ['a', 'b'],
  gradients: (dys, saved) => ({
    a: () => unbroadcast(at(dys, 0), at(saved, 0).shape),
    b: () => neg(unbroadcast(at(dys, 0), at(saved, 1).shape)),
  }),
});

const ofMultiply = gradient({
  kernel: Multiply,
  inputs: ['a', 'b'],
  gradients: (dys, saved) => {
    const [dy, a, b] = [at(dys, 0), at(saved, 0), at(saved, 1)];
    return { a: () => unbroadcast(mul(dy, b), a.shape), b: () => unbroadcast(mul(dy, a), b.shape) };
  },
});

const ofDiv = gradient({
  kernel: RealDiv,
  inputs: ['a', 'b'],
  gradients: (dys, saved) => {
    const [dy, a, b] = [at(dys, 0), at(saved, 0), at(saved, 1)];
    return {
      a: () => unbroadcast(div(dy, b), a.shape),
      b: () => neg(unbroadcast(div(mul(dy, a), square(b)), b.shape)),
    };
  },
});

const ofMaximum = gradient({
  kernel: Maximum,
  inputs: ['a', 'b'],
  gradients: (dys, saved) => {
    const [dy, a, b] = [at(dys, 0), at(saved, 0), at(saved, 1)];
    return {
      a: () => unbroadcast(mul(dy, greaterEqual(a, b)), a.shape),
      b: () => unbroadcast(mul(dy, less(a, b)), b.shape),
    };
  },
});

const ofNeg = gradient({ kernel: Neg, gradients: (dys) => ({ x: () => neg(at(dys, 0)) }) });

/** Gradients of sums, differences, products, quotients and maxima, with broadcasting. */
export const arithmeticGradients: readonly GradConfig[] = [ofAdd, ofAddN, ofSub, ofMultiply, ofDiv, ofMaximum, ofNeg];
