import type { Tensor } from '../tensor/tensor.js';

let observer: ((output: Tensor) => void) | null = null;

/** Whether someone looks at the outputs of ReLUs. */
export function isObserved(): boolean {
  return observer !== null;
}

/**
 * Runs `fn` and shows the output of every ReLU in it, in order, those inside cells too: cells then
 * run as single operations. `look` must not keep the tensor.
 */
export function observeRelus<T>(fn: () => T, look: (output: Tensor) => void): T {
  const before = observer;
  observer = look;
  try {
    return fn();
  } finally {
    observer = before;
  }
}

/** Shows the output of a ReLU to whoever looks. */
export function shown(output: Tensor): Tensor {
  observer?.(output);
  return output;
}
