import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import * as stats from './index.js';

/**
 * Values of other software, recorded with the commands in `golden/scipy_values.py`,
 * `golden/r_values.R` and `golden/scikit_posthocs_values.py`. Arguments were written by those
 * scripts for the function named beside them, so they are handed on as they are.
 */
interface Golden {
  readonly software: string;
  readonly cases: readonly {
    readonly statistic: string;
    readonly arguments: readonly never[];
    readonly value: unknown;
  }[];
}

const compute: Record<string, (...args: never[]) => unknown> = {
  ...Object.fromEntries(
    [
      stats.normalCdf,
      stats.normalQuantile,
      stats.chiSquaredTail,
      stats.fTail,
      stats.fCriticalValue,
      stats.studentTTail,
      stats.studentizedRangeTail,
      stats.studentizedRangeCriticalValue,
      stats.weightedTau,
      stats.signTest,
      stats.varghaDelaney,
      stats.quantile,
      stats.median,
      stats.trimmedMean,
      stats.winsorizedMean,
      stats.interquartileMean,
      stats.medianAbsoluteDeviation,
      stats.sampleStandardDeviation,
      stats.hodgesLehmann,
    ].map((f) => [f.name, f as (...args: never[]) => unknown]),
  ),
  adjustPValues: (...args: Parameters<typeof stats.adjustPValues>) => [...stats.adjustPValues(...args)],
  kendall: (...args: Parameters<typeof stats.kendall>) => {
    const { tau, pValue } = stats.kendall(...args);
    return [tau, pValue];
  },
  kendallAsymptotic: (x: stats.Sample, y: stats.Sample) => stats.kendall(x, y, { method: 'asymptotic' }).pValue,
  weightedTauByIndex: (x: stats.Sample, y: stats.Sample) =>
    stats.weightedTau(x, y, { ranks: Array.from(x, (_, i) => i) }),
  spearman: (x: stats.Sample, y: stats.Sample) => coefficientAndP(stats.spearman(x, y)),
  pearson: (x: stats.Sample, y: stats.Sample) => coefficientAndP(stats.pearson(x, y)),
  wilcoxonExact: (x: stats.Sample, y: stats.Sample, options: stats.WilcoxonOptions) =>
    stats.wilcoxonSignedRank(x, y, { ...options, method: 'exact' }).pValue,
  wilcoxonAsymptotic: (x: stats.Sample, y: stats.Sample, options: stats.WilcoxonOptions) =>
    stats.wilcoxonSignedRank(x, y, { ...options, method: 'asymptotic' }).pValue,
  friedman: (scores: number[][]) => statisticAndP(stats.friedman(scores)),
  quade: (scores: number[][]) => statisticAndP(stats.quade(scores)),
  conover: (scores: number[][]) => pairs(stats.conover(scores)),
  quadePairs: (scores: number[][]) => pairs(stats.quadePairs(scores)),
  bootstrapInterval: (x: stats.Sample) => {
    const { low, high } = stats.bootstrapInterval(x, stats.mean, { resamples: 20_000, seed: 3 });
    return [low, high];
  },
};

/** Relative difference allowed; 1e-10 where not named here. */
const allowed: Record<string, number> = {
  // Both sides draw at random.
  'scipy:bootstrapInterval': 0.05,
  // SciPy agrees to 1e-10; R's ptukey is off by up to 3e-7 for 50 groups.
  'r:studentizedRangeTail': 5e-7,
};

describe.each(['scipy', 'r', 'scikit_posthocs'])('values of %s', (name) => {
  const url = new URL(`../golden/${name}.json`, import.meta.url);
  const golden = JSON.parse(readFileSync(url, 'utf8')) as Golden;
  const byStatistic = grouped(golden.cases);

  it.each([...byStatistic.keys()])('%s', (statistic) => {
    for (const { arguments: args, value } of byStatistic.get(statistic) ?? []) {
      const f = compute[statistic];
      if (!f) throw new Error(`no function for ${statistic}`);
      const found = [f(...args)].flat() as number[];
      const expected = [value].flat() as number[];
      const tolerance = allowed[`${name}:${statistic}`] ?? 1e-10;
      expect(found.length).toBe(expected.length);
      for (const [i, x] of found.entries()) {
        const difference = Math.abs(x - (expected[i] ?? Number.NaN));
        const scale =
          statistic === 'bootstrapInterval'
            ? Math.max(...expected) - Math.min(...expected)
            : Math.abs(expected[i] ?? 0);
        expect(
          difference,
          `${statistic}(${JSON.stringify(args).slice(0, 200)}): ${x}, ${expected[i]}`,
        ).toBeLessThanOrEqual(tolerance * Math.max(scale, 1e-290) + (scale < 1e-290 ? 0 : 1e-15));
      }
    }
  });
});

/** Below the diagonal, row by row: p of each pair, then as adjusted. */
function pairs({ pValues, adjustedPValues }: stats.PairwiseResult): number[] {
  return [pValues, adjustedPValues].flatMap(({ columns, values }) =>
    [...values].filter((_, at) => at % columns < Math.floor(at / columns)),
  );
}

function coefficientAndP({ coefficient, pValue }: stats.CorrelationResult): number[] {
  return [coefficient, pValue];
}

function statisticAndP({ statistic, pValue }: { statistic: number; pValue: number }): number[] {
  return [statistic, pValue];
}

function grouped(cases: Golden['cases']): Map<string, Golden['cases'][number][]> {
  const groups = new Map<string, Golden['cases'][number][]>();
  for (const entry of cases) groups.set(entry.statistic, [...(groups.get(entry.statistic) ?? []), entry]);
  return groups;
}
