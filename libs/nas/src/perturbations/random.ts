import { z } from 'zod';
import { mapRows } from '../samplers/rows.js';
import { definePerturbation } from './registry.js';

definePerturbation({
  name: 'random',
  summary: 'noise, uniform within a radius that grows, on the weights of every option that runs',
  source: 'Chen and Hsieh 2020, eq. 7, and authors’ code',
  options: {
    /**
     * Largest noise, a straight line over the epochs: epoch e of n has from + (to − from)·e/n.
     * Default 0.03 to 0.3.
     */
    radius: z.strictObject({ from: z.number().min(0), to: z.number().min(0) }).default({ from: 0.03, to: 0.3 }),
  },
  create: ({ radius: { from, to } }) => ({
    perturb({ groups, weights, epoch, epochs, stream }) {
      const radius = from + ((to - from) * epoch) / Math.max(epochs, 1);
      return new Map(
        groups.map(({ name, options }) => {
          const drawn = weights.get(name) ?? new Float32Array(0);
          const noise = stream(name).uniform(drawn.length);
          const moved = drawn.map((weight, index) => weight + radius * (2 * (noise[index] ?? 0) - 1));
          return [name, sameSums(moved, drawn, options.length)] as const;
        }),
      );
    },
  }),
});

/**
 * Weights below 0 become 0, and each row is scaled to the sum it had (the authors' projection; 1
 * for weights of a simplex). A row of which nothing is left stays as it was drawn.
 */
function sameSums(moved: Float32Array, drawn: Float32Array, columns: number): Float32Array {
  const before = rowSums(drawn, columns);
  const positive = moved.map((weight) => Math.max(0, weight));
  const after = rowSums(positive, columns);
  let row = 0;
  return mapRows(positive, columns, (weights) => {
    const at = row++;
    const sum = after[at] ?? 0;
    if (sum > 0) return weights.map((weight) => (weight * (before[at] ?? 0)) / sum);
    return [...drawn.subarray(at * columns, (at + 1) * columns)];
  });
}

function rowSums(values: Float32Array, columns: number): readonly number[] {
  return Array.from({ length: values.length / columns }, (_, row) =>
    values.subarray(row * columns, (row + 1) * columns).reduce((sum, value) => sum + value, 0),
  );
}
