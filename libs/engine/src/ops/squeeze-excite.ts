import { at } from '../gradients/gradient.js';
import { Kernel } from '../kernels/names.js';
import { runKernelOutputs } from '../kernels/run.js';
import { shape4 } from '../kernels/shape.js';
import type { Tensor } from '../tensor/tensor.js';

/** Two dense layers: `reduce [c, q]`, `reduceBias [q]`, `expand [q, c]`, `expandBias [c]`. */
export interface Excitation {
  readonly reduce: Tensor;
  readonly reduceBias: Tensor;
  readonly expand: Tensor;
  readonly expandBias: Tensor;
}

/**
 * `x [n, h, w, c]` times `hardSigmoid(relu(mean · reduce + reduceBias) · expand + expandBias)`, a
 * factor for each image and channel made of the means over height and width (Hu et al. 2018; Howard
 * et al. 2019). For the backward pass `x` is kept, and rows per image.
 */
export function squeezeExcite(x: Tensor, { reduce, reduceBias, expand, expandBias }: Excitation): Tensor {
  shape4(x);
  return at(runKernelOutputs(Kernel.squeezeExcite, { x, reduce, reduceBias, expand, expandBias }), 0);
}
