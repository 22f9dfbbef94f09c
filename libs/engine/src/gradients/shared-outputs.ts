import type { Tensor } from '../tensor/tensor.js';
import { at } from './gradient.js';

/**
 * Gradients of several inputs that one kernel computes together: it runs when the first is asked
 * for.
 * @param names inputs in the order of the kernel's outputs
 */
export function sharedOutputs(names: readonly string[], run: () => Tensor[]): Record<string, () => Tensor> {
  let outputs: readonly Tensor[] | undefined;
  return Object.fromEntries(
    names.map((name, index) => [
      name,
      () => {
        outputs ??= run();
        return at(outputs, index);
      },
    ]),
  );
}
