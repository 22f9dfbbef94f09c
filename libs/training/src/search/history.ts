import type { ChoiceGroup, Selection, Space } from '@oneshot/nas';

/** A matrix as rows, by group: one row per choice, one column per option. */
export type MatrixByGroup = Readonly<Record<string, readonly (readonly number[])[]>>;

/** One number per choice, by group. */
export type VectorByGroup = Readonly<Record<string, readonly number[]>>;

/**
 * What one epoch of a search leaves on record. Plain JSON, without times: equal searches leave
 * equal records.
 */
export interface SearchEpoch {
  /** Counted from 1. */
  readonly epoch: number;
  /** Of the weights, at the start of the epoch. */
  readonly learningRate: number;
  /** Of α, at the start of the epoch; where it follows a schedule. */
  readonly architectureLearningRate?: number;
  /** Of samplers that have one. */
  readonly temperature?: number;
  /** On the training half, means over the epoch; accuracies are fractions. */
  readonly trainLoss: number;
  readonly trainAccuracy: number;
  /**
   * On the validation half, before each α step. Absent in epochs in which α rests, and where it
   * learns from the training half.
   */
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
  /**
   * Share of each operation per group: of the draws where one option runs, else of the mean
   * architecture weights.
   */
  readonly operationShares: Readonly<Record<string, Readonly<Record<string, number>>>>;
  /** The genotype that would be selected now, in the field's notation. */
  readonly genotype: string;
  /** Why the search ended after this epoch, where a stop ended it. */
  readonly stop?: string;
}

/** Row-major values as rows. */
export function matrixByGroup(space: Space, values: ReadonlyMap<string, Float32Array>): MatrixByGroup {
  const result: Record<string, readonly (readonly number[])[]> = {};
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
  readonly #counts = new Map<string, Map<string, number>>();

  count(space: Space, active: Selection): void {
    for (const { name, choices } of space.groups) {
      const counts = this.#counts.get(name) ?? new Map<string, number>();
      for (const option of choices.flatMap(({ id }) => active.get(id) ?? [])) {
        counts.set(option, (counts.get(option) ?? 0) + 1);
      }
      this.#counts.set(name, counts);
    }
  }

  /** Shares of the draws; where nothing was drawn, those of the weights `[choices, options]`. */
  shares(space: Space, weights: ReadonlyMap<string, Float32Array>): SearchEpoch['operationShares'] {
    const result: Record<string, Readonly<Record<string, number>>> = {};
    for (const group of space.groups) {
      const counts = this.#counts.get(group.name) ?? sums(group, weights.get(group.name) ?? new Float32Array(0));
      const names = [...new Set(group.choices.flatMap(({ options }) => options))];
      const total = names.reduce((sum, name) => sum + (counts.get(name) ?? 0), 0);
      result[group.name] = Object.fromEntries(names.map((name) => [name, (counts.get(name) ?? 0) / (total || 1)]));
    }
    return result;
  }
}

function sums({ choices }: ChoiceGroup, weights: Float32Array): ReadonlyMap<string, number> {
  const result = new Map<string, number>();
  for (const { row, options } of choices) {
    options.forEach((name, option) => {
      result.set(name, (result.get(name) ?? 0) + (weights[row * options.length + option] ?? 0));
    });
  }
  return result;
}
