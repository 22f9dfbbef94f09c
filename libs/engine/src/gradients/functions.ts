import {
  Abs,
  ClipByValue,
  Elu,
  Exp,
  type GradConfig,
  greaterEqual,
  Log,
  lessEqual,
  logicalAnd,
  Sigmoid,
  Sqrt,
  Square,
  sign,
  where,
  zerosLike,
} from '@tensorflow/tfjs-core';
import { add, div, mul, sub } from '../ops/elementwise.js';
import { at, gradient } from './gradient.js';

const ofExp = gradient({
  kernel: Exp,
  outputs: [true],
  gradients: (dys, saved) => ({ x: () => mul(at(dys, 0), at(saved, 0)) }),
});

const ofLog = gradient({
  kernel: Log,
  inputs: ['x'],
  gradients: (dys, saved) => ({ x: () => div(at(dys, 0), at(saved, 0)) }),
});

const ofSqrt = gradient({
  kernel: Sqrt,
  outputs: [true],
  gradients: (dys, saved) => ({ x: () => div(at(dys, 0), mul(at(saved, 0), 2)) }),
});

const ofSquare = gradient({
  kernel: Square,
  inputs: ['x'],
  gradients: (dys, saved) => ({ x: () => mul(at(dys, 0), mul(at(saved, 0), 2)) }),
});

const ofAbs = gradient({
  kernel: Abs,
  inputs: ['x'],
  gradients: (dys, saved) => ({ x: () => mul(at(dys, 0), sign(at(saved, 0))) }),
});

const ofSigmoid = gradient({
  kernel: Sigmoid,
  outputs: [true],
  gradients: (dys, saved) => ({ x: () => mul(at(dys, 0), mul(at(saved, 0), sub(1, at(saved, 0)))) }),
});

/** Where `x` is not positive the slope `e^x` is the value plus one. */
const ofElu = gradient({
  kernel: Elu,
  outputs: [true],
  gradients: (dys, saved) => {
    const [dy, y] = [at(dys, 0), at(saved, 0)];
    return { x: () => where(greaterEqual(y, 0), dy, mul(dy, add(y, 1))) };
  },
});

const ofClip = gradient<{ clipValueMin: number; clipValueMax: number }>({
  kernel: ClipByValue,
  inputs: ['x'],
  gradients: (dys, saved, { clipValueMin, clipValueMax }) => {
    const [dy, x] = [at(dys, 0), at(saved, 0)];
    return {
      x: () => where(logicalAnd(greaterEqual(x, clipValueMin), lessEqual(x, clipValueMax)), dy, zerosLike(dy)),
    };
  },
});

/** Gradients of the functions of one number. */
export const functionGradients: readonly GradConfig[] = [
  ofExp,
  ofLog,
  ofSqrt,
  ofSquare,
  ofAbs,
  ofSigmoid,
  ofElu,
  ofClip,
];
