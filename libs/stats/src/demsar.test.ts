import { describe, expect, it } from 'vitest';
import {
  averageRanks,
  bonferroniDunnCriticalDifference,
  cliquesByDifference,
  compareWithControl,
  fCriticalValue,
  friedman,
  imanDavenport,
  nemenyi,
  nemenyiCriticalDifference,
  wilcoxonSignedRank,
} from './index.js';

/**
 * The worked example of Demšar 2006, "Statistical comparisons of classifiers over multiple data
 * sets", table 6: AUC and rank on 14 data sets.
 */
const C45 = [0.763, 0.599, 0.954, 0.628, 0.882, 0.936, 0.661, 0.583, 0.775, 1, 0.94, 0.619, 0.972, 0.957];
const C45_M = [0.768, 0.591, 0.971, 0.661, 0.888, 0.931, 0.668, 0.583, 0.838, 1, 0.962, 0.666, 0.981, 0.978];
const RANKS = [
  [4, 3, 2, 1],
  [1, 2, 3, 4],
  [4, 1, 2, 3],
  [4, 1, 3, 2],
  [4, 2, 3, 1],
  [1, 2.5, 4, 2.5],
  [3, 2, 4, 1],
  [2.5, 2.5, 4, 1],
  [4, 3, 2, 1],
  [2.5, 2.5, 2.5, 2.5],
  [4, 2.5, 1, 2.5],
  [3, 2, 4, 1],
  [4, 1, 2, 3],
  [3, 1, 4, 2],
];
/** Ranks as scores of which the largest is best. */
const SCORES = RANKS.map((row) => row.map((rank) => -rank));

describe("Demšar's worked example", () => {
  it('average ranks 3.143, 2.000, 2.893, 1.964', () => {
    expect([...averageRanks(SCORES)].map((rank) => rank.toFixed(3))).toEqual(['3.143', '2.000', '2.893', '1.964']);
  });

  it('Friedman χ² = 9.28, Iman–Davenport F = 3.69 against the critical F(3, 39) = 2.85', () => {
    expect(friedman(SCORES, 'ignored').statistic).toBeCloseTo(9.28, 2);
    const { statistic, numeratorDegrees, denominatorDegrees, pValue } = imanDavenport(SCORES, 'ignored');
    expect(statistic).toBeCloseTo(3.69, 2);
    expect([numeratorDegrees, denominatorDegrees]).toEqual([3, 39]);
    expect(fCriticalValue(0.05, 3, 39)).toBeCloseTo(2.85, 2);
    expect(pValue).toBeLessThan(0.05);
  });

  it('Wilcoxon of C4.5 and C4.5+m: rank sums 93 and 12, zeros split', () => {
    const { positiveRankSum, negativeRankSum, statistic, pValue } = wilcoxonSignedRank(C45_M, C45, { zeros: 'split' });
    expect([positiveRankSum, negativeRankSum, statistic]).toEqual([93, 12, 12]);
    expect(pValue).toBeLessThan(0.05);
  });

  it('Nemenyi: critical difference 1.25 at 0.05 and 1.12 at 0.10; at 0.10 C4.5 is worse than C4.5+m and C4.5+m+cf', () => {
    expect(nemenyiCriticalDifference(4, 14, 0.05)).toBeCloseTo(1.25, 2);
    expect(nemenyiCriticalDifference(4, 14, 0.1)).toBeCloseTo(1.12, 2);
    const { averageRanks: ranks, criticalDifference } = nemenyi(SCORES, 0.1);
    expect(cliquesByDifference(ranks, criticalDifference)).toEqual([
      [3, 1, 2],
      [2, 0],
    ]);
  });

  it('against the control C4.5: Bonferroni–Dunn critical difference 1.16, Holm rejects two of three', () => {
    expect(bonferroniDunnCriticalDifference(4, 14, 0.05)).toBeCloseTo(1.16, 1);
    const comparisons = compareWithControl(SCORES, 0, 'holm');
    expect(comparisons.map(({ z }) => Math.abs(z).toFixed(2))).toEqual(['2.34', '0.51', '2.42']);
    expect(comparisons.map(({ pValue }) => pValue.toFixed(3))).toEqual(['0.019', '0.608', '0.016']);
    expect(comparisons.filter(({ adjustedPValue }) => adjustedPValue <= 0.05).map(({ method }) => method)).toEqual([
      1, 3,
    ]);
  });
});

describe('critical values of Demšar 2006, table 5', () => {
  const unit = (methods: number) => Math.sqrt((methods * (methods + 1)) / 6);
  const methods = [2, 3, 4, 5, 6, 7, 8, 9, 10];

  it('Nemenyi', () => {
    const q05 = methods.map((k) => nemenyiCriticalDifference(k, 1, 0.05) / unit(k));
    const q10 = methods.map((k) => nemenyiCriticalDifference(k, 1, 0.1) / unit(k));
    expectNear(q05, [1.96, 2.343, 2.569, 2.728, 2.85, 2.949, 3.031, 3.102, 3.164]);
    expectNear(q10, [1.645, 2.052, 2.291, 2.459, 2.589, 2.693, 2.78, 2.855, 2.92]);
  });

  it('Bonferroni–Dunn; the printed 2.724 for nine classifiers should read 2.734', () => {
    const q05 = methods.map((k) => bonferroniDunnCriticalDifference(k, 1, 0.05) / unit(k));
    const q10 = methods.map((k) => bonferroniDunnCriticalDifference(k, 1, 0.1) / unit(k));
    expectNear(q05, [1.96, 2.241, 2.394, 2.498, 2.576, 2.638, 2.69, 2.734, 2.773]);
    expectNear(q10, [1.645, 1.96, 2.128, 2.241, 2.326, 2.394, 2.45, 2.498, 2.539]);
  });
});

/** Equal up to the last digit printed, which the paper cuts or rounds. */
function expectNear(found: readonly number[], printed: readonly number[]): void {
  for (const [i, value] of found.entries()) expect(Math.abs(value - (printed[i] ?? 0))).toBeLessThan(0.0015);
}
