import { Tensor as CoreTensor } from '@tensorflow/tfjs-core';
import { invalidArgument } from '../errors.js';
import { backward } from '../tape/backward.js';
import { record } from '../tape/recording.js';
import { tidy } from '../tensor/memory.js';
import { read } from '../tensor/read.js';
import type { Tensor } from '../tensor/tensor.js';
import type { Variable } from './variable.js';

/**
 * What a loss function returns: the scalar alone, or with further results under names of their own.
 */
export type LossResult = Tensor | { readonly loss: Tensor };

/** The further results of a loss function. */
export type Auxiliary<R> = R extends Tensor ? Record<string, never> : Omit<R, 'loss'>;

export interface ValueAndGradients<R> {
  readonly loss: number;
  /**
   * In the order of the variables and of their shapes; zero where the loss does not depend on one.
   * Freed by the caller.
   */
  readonly gradients: Tensor[];
  /** The further results as returned; tensors among them are freed by the caller. */
  readonly aux: Auxiliary<R>;
}

function scalarOf(found: LossResult): Tensor {
  const value = found instanceof CoreTensor ? found : found.loss;
  if (value.size !== 1 || value.dtype !== 'float32') {
    invalidArgument('loss', `expected one float32 number, found ${value.dtype} [${value.shape.join(', ')}]`);
  }
  return value;
}

/** The loss and its gradients in the variables. Everything else made meanwhile is freed. */
export function valueAndGradients<R extends LossResult>(
  loss: () => R,
  variables: readonly Variable[],
): ValueAndGradients<R> {
  return tidy(() => {
    const { result, tape } = record(() => {
      const found = tidy(loss);
      return { found, value: scalarOf(found) };
    });
    const { found, value } = result;
    const gradients = backward(
      tape,
      variables.map((variable) => variable.value),
      value,
    );
    const { loss: _loss, ...aux } = found instanceof CoreTensor ? { loss: value } : found;
    return { loss: read(value)[0] as number, gradients, aux: aux as Auxiliary<R> };
  });
}
