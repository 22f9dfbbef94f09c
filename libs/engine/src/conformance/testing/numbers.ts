import { randomStream } from '../../random/stream.js';
import { tensor } from '../../tensor/create.js';
import type { Tensor } from '../../tensor/tensor.js';

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** Values for one input of a case, always the same for the same seed. */
export type Fill = (shape: readonly number[], seed: number) => Float32Array;

export const normal: Fill = (shape, seed) => randomStream(seed, 'normal').normal(sizeOf(shape));

/** Numbers at least 0.25 away from 0, of either sign: no kink of a ReLU lies near. */
export const awayFromZero: Fill = (shape, seed) => normal(shape, seed).map((x) => x + 0.25 * Math.sign(x));

/** Numbers near 1 and -1 by turns. */
export const alternating: Fill = (shape, seed) => normal(shape, seed).map((x, i) => (i % 2 === 0 ? 1 : -1) + 0.01 * x);

/** Numbers in [0.5, 2). */
export const positive: Fill = (shape, seed) =>
  randomStream(seed, 'positive')
    .uniform(sizeOf(shape))
    .map((x) => 0.5 + 1.5 * x);

/** All different, at least 0.05 apart: no two compete for a maximum. */
export const distinct: Fill = (shape, seed) => {
  const size = sizeOf(shape);
  return Float32Array.from(randomStream(seed, 'distinct').permutation(size), (rank) => (rank - size / 2) * 0.05);
};

export const filled = (fill: Fill, shape: readonly number[], seed: number): Tensor => tensor(fill(shape, seed), shape);

/** The largest difference, relative to the largest expected magnitude. */
export function relativeDifference(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  let difference = 0;
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [found[i] as number, expected[i] as number];
    largest = Math.max(largest, Math.abs(b));
    difference = Math.max(difference, Number.isNaN(a) || Number.isNaN(b) ? Number.POSITIVE_INFINITY : Math.abs(a - b));
  }
  return difference === 0 ? 0 : difference / Math.max(largest, 1e-30);
}

/** The distance of two vectors, relative to the length of the expected one. */
export function relativeDistance(found: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (found.length !== expected.length) return Number.POSITIVE_INFINITY;
  let [distance, length] = [0, 0];
  for (let i = 0; i < expected.length; i++) {
    const [a, b] = [found[i] as number, expected[i] as number];
    distance += (a - b) ** 2;
    length += b ** 2;
  }
  return distance === 0 ? 0 : Math.sqrt(distance / Math.max(length, 1e-30));
}
