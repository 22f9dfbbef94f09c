import type { MemberKey } from '../campaign/members.js';
import type { MemberState } from '../reconcile/member-state.js';

/**
 * What a method reached on a benchmark, over seeds and hyperparameter sets. Accuracies are
 * fractions.
 */
export interface BenchmarkScore {
  readonly method: string;
  readonly benchmark: string;
  readonly mean: number;
  readonly maximum: number;
  readonly count: number;
}

/** Scores of a campaign, taken in member by member. */
export interface ScoreTally {
  add(member: MemberState): void;
  /** Of every method on every benchmark, in the order in which they came. */
  scores(): readonly BenchmarkScore[];
}

/**
 * Mean and maximum accuracy of every method on every benchmark; supernets that serve as baselines
 * are left out.
 */
export function createScoreTally(keys: readonly MemberKey[]): ScoreTally {
  const accuracies = new Map<string, { readonly key: MemberKey; readonly values: number[] }>();
  return {
    add(member) {
      const key = keys[member.index];
      if (key === undefined || key.baseline !== undefined) return;
      const place = JSON.stringify([key.benchmark.name, key.name]);
      const found = accuracies.get(place) ?? { key, values: [] };
      accuracies.set(place, found);
      for (const evaluation of member.evaluations) {
        const accuracy: unknown = evaluation?.result?.accuracy;
        if (typeof accuracy === 'number') found.values.push(accuracy);
      }
    },
    scores: () => [...accuracies.values()].flatMap(({ key, values }) => summary(key, values)),
  };
}

function summary({ name, benchmark }: MemberKey, values: readonly number[]): readonly BenchmarkScore[] {
  if (values.length === 0) return [];
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const maximum = values.reduce((largest, value) => Math.max(largest, value));
  return [{ method: name, benchmark: benchmark.name, mean, maximum, count: values.length }];
}
