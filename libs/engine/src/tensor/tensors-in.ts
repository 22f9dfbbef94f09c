import { Tensor as CoreTensor } from '@tensorflow/tfjs-core';
import type { Tensor } from './tensor.js';

/**
 * The tensors in a value: itself, or in arrays and plain objects of any depth. Typed arrays and
 * class instances hold none.
 */
export function tensorsIn(value: unknown): Tensor[] {
  const found: Tensor[] = [];
  const visit = (part: unknown): void => {
    if (part instanceof CoreTensor) found.push(part);
    else if (Array.isArray(part)) part.forEach(visit);
    else if (typeof part === 'object' && part !== null && isPlain(part)) Object.values(part).forEach(visit);
  };
  visit(value);
  return found;
}

function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
