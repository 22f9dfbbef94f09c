import { invalidArgument } from '../errors.js';
import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import type { Tensor } from '../tensor/tensor.js';

/**
 * `Σ coefficient · x` over tensors `[n, ...]` of one shape; each coefficient is `[1]`, or `[n]`
 * with one factor per image. One pass, and the backward pass keeps no products: how options are
 * mixed.
 */
export function weightedSum(terms: readonly Tensor[], coefficients: readonly Tensor[]): Tensor {
  if (terms.length === 0 || terms.length !== coefficients.length) {
    invalidArgument(
      'coefficients',
      `expected one for each of at least one term, found ${coefficients.length} for ${terms.length}`,
    );
  }
  return runKernel(Kernel.weightedSum, [...terms, ...coefficients]);
}
