import type { ActivationAttributes } from '../kernels/attributes.js';
import { Kernel } from '../kernels/names.js';
import { runKernel } from '../kernels/run.js';
import type { Tensor } from '../tensor/tensor.js';

function activation(name: ActivationAttributes['function']): (x: Tensor) => Tensor {
  const attributes: ActivationAttributes = { function: name };
  return (x) => runKernel(Kernel.activation, { x }, attributes);
}

/**
 * `max(0, min(1, x/6 + 1/2))`, as ONNX has it with alpha 1/6 and beta 0.5; the gradient at ±3 is 0.
 */
export const hardSigmoid = activation('hardSigmoid');
/** `x · hardSigmoid(x)` (Howard et al. 2019). */
export const hardSwish = activation('hardSwish');
/** `x · sigmoid(x)` (Ramachandran et al. 2017), also called SiLU. */
export const swish = activation('swish');
/**
 * `x · Φ(x)` with the normal distribution function (Hendrycks and Gimpel 2016), not its
 * approximation by tanh.
 */
export const gelu = activation('gelu');
