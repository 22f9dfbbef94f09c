import type { Score } from '@oneshot/stats';

/** Scores of every method on every benchmark. */
export interface WholeTable {
  readonly scores: readonly Score[];
  /**
   * Benchmarks or methods without some number, which were left out; of the two those that cost
   * fewer scores.
   */
  readonly leftOut: { readonly what: 'benchmarks' | 'methods'; readonly names: readonly string[] } | undefined;
}

/**
 * What is left of scores when the benchmarks, or else the methods, without some number go;
 * `undefined` if that leaves nothing to rank.
 */
export function wholeTable(scores: readonly Score[]): WholeTable | undefined {
  const methods = new Set(scores.map(({ method }) => method));
  const benchmarks = new Set(scores.map(({ benchmark }) => benchmark));
  const on = (benchmark: string) => new Set(scores.filter((s) => s.benchmark === benchmark).map((s) => s.method));
  const of = (method: string) => new Set(scores.filter((s) => s.method === method).map((s) => s.benchmark));
  const fewBenchmarks = new Set([...benchmarks].filter((benchmark) => on(benchmark).size < methods.size));
  if (fewBenchmarks.size === 0) return { scores, leftOut: undefined };
  const fewMethods = new Set([...methods].filter((method) => of(method).size < benchmarks.size));
  const candidates = [
    {
      scores: scores.filter(({ benchmark }) => !fewBenchmarks.has(benchmark)),
      leftOut: { what: 'benchmarks' as const, names: [...fewBenchmarks] },
    },
    {
      scores: scores.filter(({ method }) => !fewMethods.has(method)),
      leftOut: { what: 'methods' as const, names: [...fewMethods] },
    },
  ].filter((each) => new Set(each.scores.map(({ method }) => method)).size > 1);
  return candidates.sort((a, b) => b.scores.length - a.scores.length)[0];
}
