import { add, div, erf, exp, mul, square, type Tensor } from '@tensorflow/tfjs-core';

/** The normal distribution function. */
export const distribution = (x: Tensor): Tensor => mul(add(erf(div(x, Math.SQRT2)), 1), 0.5);

/** Its density. */
export const density = (x: Tensor): Tensor => div(exp(div(square(x), -2)), Math.sqrt(2 * Math.PI));
