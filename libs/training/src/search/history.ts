import type { GroupName, Space } from '@oneshot/nas';

/** A matrix as rows, by group: one row per choice, one column per option. */
export type MatrixByGroup = Readonly<Partial<Record<GroupName, readonly (readonly number[])[]>>>;

/** One number per choice, by group. */
export type VectorByGroup = Readonly<Partial<Record<GroupName, readonly number[]>>>;

/** What one epoch of a search leaves on record. Plain JSON, without times: equal searches leave equal records. */
export interface SearchEpoch {
  /** Counted from 1. */
  readonly epoch: number;
  /** Of the weights, at the start of the epoch. */
  readonly learningRate: number;
  /** Of samplers that have one. */
  readonly temperature?: number;
  /** On the training half, means over the epoch; accuracies are fractions. */
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  /** On the validation half, before each α step. Absent in epochs in which α rests. */
  readonly validationLoss?: number;
  readonly validationAccuracy?: number;
  /** Mean norms, before clipping. */
  readonly weightGradientNorm: number;
  readonly architectureGradientNorm?: number;
  /** α at the end of the epoch. */
  readonly alpha: MatrixByGroup;
  /** What the sampler makes of that α on average. */
  readonly architectureWeights: MatrixByGroup;
  /** With edge normalisation: β at the end of the epoch, and the weights it gives the edges. */
  readonly beta?: VectorByGroup;
  readonly edgeWeights?: VectorByGroup;
  /** Share of each operation per group: of the draws where one option runs, else of the mean architecture weights. */
  readonly operationShares: Readonly<Partial<Record<GroupName, Readonly<Record<string, number>>>>>;
  /** The genotype that would be selected now, in the field's notation. */
  readonly genotype: string;
}

/** Row-major values as rows. */
export function matrixByGroup(space: Space, values: ReadonlyMap<string, Float32Array>): MatrixByGroup {
  const result: Partial<Record<GroupName, readonly (readonly number[])[]>> = {};
  for (const { name, options, choices } of space.groups) {
    const flat = values.get(name) ?? new Float32Array(0);
    result[name] = choices.map(({ row }) =>
      Array.from(flat.subarray(row * options.length, (row + 1) * options.length)),
    );
  }
  return result;
}

/** Plain numbers by group. */
export function vectorByGroup(values: ReadonlyMap<string, Float32Array>): VectorByGroup {
  return Object.fromEntries([...values].map(([name, vector]) => [name, Array.from(vector)]));
}

/** Counts which options ran. */
export class DrawCounter {
  readonly #counts = new Map<string, number[]>();

  count(space: Space, active: ReadonlyMap<string, ArrayLike<number>>): void {
    for (const { name, options } of space.groups) {
      const counts = this.#counts.get(name) ?? options.map(() => 0);
      for (const option of Array.from(active.get(name) ?? [])) counts[option] = (counts[option] ?? 0) + 1;
      this.#counts.set(name, counts);
    }
  }

  /** Shares of the draws; where nothing was drawn, column means of `weights`. */
  shares(space: Space, weights: ReadonlyMap<string, Float32Array>): SearchEpoch['operationShares'] {
    const result: Partial<Record<GroupName, Readonly<Record<string, number>>>> = {};
    for (const { name, options } of space.groups) {
      const counts = this.#counts.get(name) ?? columnSums(weights.get(name) ?? new Float32Array(0), options.length);
      const total = counts.reduce((sum, count) => sum + count, 0);
      result[name] = Object.fromEntries(options.map((op, option) => [op, (counts[option] ?? 0) / (total || 1)]));
    }
    return result;
  }
}

function columnSums(values: Float32Array, columns: number): readonly number[] {
  const sums = Array.from({ length: columns }, () => 0);
  values.forEach((value, index) => {
    sums[index % columns] = (sums[index % columns] ?? 0) + value;
  });
  return sums;
}
