import { avgPool, ones } from '@tensorflow/tfjs-core';
import type { PoolAttributes } from '../kernels/attributes.js';
import { shape4 } from '../kernels/shape.js';
import type { Tensor } from '../tensor/tensor.js';
import { padded } from './window.js';

export const sides = (padding: number) => ({ top: padding, bottom: padding, left: padding, right: padding });

/** The share of every window that lies inside the image: `[1, oh, ow, 1]`. */
export function coverage(x: Tensor, { size, stride, padding }: PoolAttributes): Tensor {
  const [, height, width] = shape4(x);
  const inside = padded(ones([1, height, width, 1]), sides(padding));
  return avgPool(inside as Parameters<typeof avgPool>[0], size, stride, 'valid');
}

/** What padding holds in a maximum: nothing is smaller. */
export const lowest = -3.4e38;
