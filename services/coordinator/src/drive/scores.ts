import type { MemberKey } from '../campaign/members.js';
import type { MemberState } from '../reconcile/member-state.js';

/** What a method reached on a benchmark, over seeds and hyperparameter sets. Accuracies are fractions. */
export interface BenchmarkScore {
  readonly method: string;
  readonly benchmark: string;
  readonly mean: number;
  readonly maximum: number;
  readonly count: number;
}

/** Mean and maximum accuracy of every method on every benchmark, in the order of the campaign; supernets that serve as baselines are left out. */
export function benchmarkScores(
  keys: readonly MemberKey[],
  members: readonly MemberState[],
): readonly BenchmarkScore[] {
  const accuracies = new Map<string, { readonly key: MemberKey; readonly values: number[] }>();
  members.forEach((member, position) => {
    const key = keys[position];
    if (key === undefined || key.baseline !== undefined) return;
    const place = JSON.stringify([key.benchmark.name, key.name]);
    const found = accuracies.get(place) ?? { key, values: [] };
    accuracies.set(place, found);
    for (const evaluation of member.evaluations) {
      const accuracy: unknown = evaluation?.result?.accuracy;
      if (typeof accuracy === 'number') found.values.push(accuracy);
    }
  });
  return [...accuracies.values()].flatMap(({ key, values }) =>
    values.length === 0
      ? []
      : [
          {
            method: key.name,
            benchmark: key.benchmark.name,
            mean: values.reduce((sum, value) => sum + value, 0) / values.length,
            maximum: Math.max(...values),
            count: values.length,
          },
        ],
  );
}
