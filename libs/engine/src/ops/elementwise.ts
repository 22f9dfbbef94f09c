import {
  clipByValue,
  abs as coreAbs,
  add as coreAdd,
  div as coreDiv,
  elu as coreElu,
  exp as coreExp,
  log as coreLog,
  maximum as coreMaximum,
  mul as coreMul,
  neg as coreNeg,
  sigmoid as coreSigmoid,
  sqrt as coreSqrt,
  square as coreSquare,
  sub as coreSub,
} from '@tensorflow/tfjs-core';
import type { Tensor } from '../tensor/tensor.js';

/** A tensor, or a number standing for a tensor of any shape. */
export type Operand = Tensor | number;

/** `a + b`, shapes broadcast as in NumPy (so everywhere below). */
export const add = (a: Operand, b: Operand): Tensor => coreAdd(a, b);
export const sub = (a: Operand, b: Operand): Tensor => coreSub(a, b);
export const mul = (a: Operand, b: Operand): Tensor => coreMul(a, b);
export const div = (a: Operand, b: Operand): Tensor => coreDiv(a, b);
/** The larger of both; where they are equal the gradient goes to `a`. */
export const maximum = (a: Operand, b: Operand): Tensor => coreMaximum(a, b);
export const neg = (x: Tensor): Tensor => coreNeg(x);
export const exp = (x: Tensor): Tensor => coreExp(x);
/** Natural logarithm. */
export const log = (x: Tensor): Tensor => coreLog(x);
export const sqrt = (x: Tensor): Tensor => coreSqrt(x);
export const square = (x: Tensor): Tensor => coreSquare(x);
export const abs = (x: Tensor): Tensor => coreAbs(x);
export const sigmoid = (x: Tensor): Tensor => coreSigmoid(x);
/** `x` where positive, else `e^x − 1`. */
export const elu = (x: Tensor): Tensor => coreElu(x);
/** Values held within `[minimum, maximum]`; no gradient where they were outside. */
export const clip = (x: Tensor, minimum: number, maximum: number): Tensor => clipByValue(x, minimum, maximum);
