import type { RankAnalysis, VarianceRatio } from '../analysis/rank-analysis.js';
import { directionSentence } from './direction.js';
import { formatP } from './numbers.js';

/** What an analysis allows to say, and what it does not, in sentences. */
export interface Conclusions {
  /** The tests that were made, and what each takes for granted. */
  readonly tests: readonly string[];
  readonly may: readonly string[];
  readonly mayNot: readonly string[];
}

/** States assumptions, findings and limits of an analysis in words. */
export function conclude(analysis: RankAnalysis): Conclusions {
  return { tests: tests(analysis), may: findings(analysis), mayNot: limits(analysis) };
}

function tests(analysis: RankAnalysis): string[] {
  const { benchmarkCount, methods, postHoc, omnibus, criticalDifference } = analysis;
  const basis =
    'Each benchmark is one observation: the mean score of each method on it is ranked, ties sharing their ranks. ' +
    'Seeds enter through these means only.';
  const better = directionSentence(analysis);
  if (omnibus === null || criticalDifference === null) return [better, basis];
  const { friedman, imanDavenport } = omnibus;
  const omnibusText =
    postHoc === 'quade'
      ? `Quade's test that all ${methods.length} methods are alike, over ${benchmarkCount} benchmarks: ${ratio(omnibus.quade)}. It weighs each benchmark by ` +
        'how far its scores lie apart, so scores must be comparable between benchmarks, and it assumes that the benchmarks are independent of each other.'
      : `Friedman's test that all ${methods.length} methods are alike, over ${benchmarkCount} benchmarks: χ² = ${friedman.statistic.toFixed(2)} with ` +
        `${friedman.degreesOfFreedom} degrees of freedom, ${formatP(friedman.pValue)}; Iman and Davenport's form, which is less conservative: ` +
        `${ratio(imanDavenport)}. Both assume that the benchmarks are independent of each other.`;
  return [better, basis, omnibusText, pairTest(analysis, criticalDifference)];
}

function pairTest({ methods, postHoc, alpha }: RankAnalysis, criticalDifference: number): string {
  const pairs = (methods.length * (methods.length - 1)) / 2;
  switch (postHoc) {
    case 'nemenyi':
      return (
        `Nemenyi's test compares average ranks of all ${pairs} pairs at a family-wise level of ${alpha}: the critical difference is ` +
        `${criticalDifference.toFixed(3)}. It assumes no distribution, but a pair's verdict depends on which other methods are in the table.`
      );
    case 'wilcoxon':
      return (
        `Wilcoxon's signed-rank test compares each of ${pairs} pairs by the differences of their mean scores, with Holm's correction at ${alpha}. It assumes ` +
        'that differences on different benchmarks can be compared in size, and lie symmetrically around their median.'
      );
    case 'conover':
      return (
        `Conover's test compares rank sums of all ${pairs} pairs by Student's t, with Holm's correction at ${alpha}. It is less conservative than Nemenyi's, all the ` +
        "more with few benchmarks, and a pair's verdict depends on which other methods are in the table."
      );
    case 'quade':
      return (
        `Pairs are compared after Quade's test by their weighted rank sums and Student's t, ${pairs} of them, with Holm's correction at ${alpha}. A pair's verdict ` +
        'depends on which other methods are in the table.'
      );
  }
}

function ratio({ statistic, numeratorDegrees, denominatorDegrees, pValue }: VarianceRatio): string {
  const f = statistic === null ? '∞' : statistic.toFixed(2);
  return `F = ${f} with ${numeratorDegrees} and ${denominatorDegrees}, ${formatP(pValue)}`;
}

/** The test that must reject before pairs may be read. */
function gate({ omnibus, postHoc }: RankAnalysis): { readonly name: string; readonly pValue: number } | undefined {
  if (omnibus === null) return undefined;
  return postHoc === 'quade'
    ? { name: 'Quade', pValue: omnibus.quade.pValue }
    : { name: 'Iman–Davenport', pValue: omnibus.imanDavenport.pValue };
}

function findings(analysis: RankAnalysis): string[] {
  const { alpha, pairs, methods } = analysis;
  const first = methods[0];
  const before = gate(analysis);
  if (before === undefined || first === undefined) {
    return first === undefined
      ? []
      : [`On ${analysis.benchmarks[0]}, ${first.method} has the best mean score of those measured.`];
  }
  const told = before.pValue <= alpha;
  const overall = told
    ? `The methods are not all alike (${before.name}, ${formatP(before.pValue)}).`
    : `The data do not show that the methods differ at all (${before.name}, ${formatP(before.pValue)}, level ${alpha}).`;
  const apart = told ? pairs.filter(({ significant }) => significant) : [];
  if (apart.length === 0) return [overall];
  const few = apart.slice(0, 12).map(({ a, b }) => `${a} over ${b}`);
  const more = apart.length > few.length ? `, and ${apart.length - few.length} more in the table of pairs` : '';
  const count = apart.length === 1 ? 'One pair differs' : `${apart.length} of ${pairs.length} pairs differ`;
  return [overall, `${count} significantly: ${few.join(', ')}${more}.`];
}

function limits(analysis: RankAnalysis): string[] {
  return [
    ...aboutBenchmarks(analysis),
    ...aboutPower(analysis),
    ...aboutOmnibus(analysis),
    ...aboutSeeds(analysis),
    ...aboutCliques(analysis),
    ...aboutAgreement(analysis),
  ];
}

function aboutBenchmarks({ benchmarkCount: n, benchmarks, methods }: RankAnalysis): string[] {
  if (n === 1) {
    return [
      `There is one benchmark, ${benchmarks[0]}. No test over benchmarks exists for it, so no difference is called significant, and what holds on it need not hold on others.`,
    ];
  }
  const general = `The benchmarks must be a sample of those one wants to speak of, and independent; benchmarks that share a data set are neither. ${n} of them say nothing about others unlike them.`;
  if (n > 10 && methods.length > 5) return [general];
  return [
    `With ${n} benchmarks and ${methods.length} methods, p-values of Friedman's test are rough: its χ² wants more than 10 benchmarks and more than 5 methods.`,
    general,
  ];
}

/**
 * Benchmarks that a two-sided signed-rank test of m pairs under Holm needs before any result can
 * reach α: 2/2ⁿ · m ≤ α.
 */
function leastBenchmarks(pairs: number, alpha: number): number {
  return Math.ceil(Math.log2((2 * pairs) / alpha));
}

function aboutPower(analysis: RankAnalysis): string[] {
  const { benchmarkCount: n, methods, postHoc, alpha, pairs, criticalDifference } = analysis;
  if (n < 2 || criticalDifference === null) return [];
  if (postHoc === 'wilcoxon') {
    const needed = leastBenchmarks(pairs.length, alpha);
    if (n >= needed) return [];
    return [
      `${n} benchmarks are too few for Wilcoxon with Holm over ${pairs.length} pairs: even a method that wins everywhere gets p = ${formatNumber(2 ** (1 - n))} before ` +
        `correction, so no result at all could reach ${alpha}. At least ${needed} benchmarks are needed. That no pair is called significant says nothing.`,
    ];
  }
  if (postHoc !== 'nemenyi') return [];
  const widest = methods.length - 1;
  if (criticalDifference > widest) {
    return [
      `${n} benchmarks are too few for Nemenyi's test of ${methods.length} methods: the critical difference, ${criticalDifference.toFixed(2)}, is more than the widest ` +
        `distance there can be between average ranks, ${widest}. That no pair is called significant says nothing.`,
    ];
  }
  if (criticalDifference > widest / 2) {
    return [
      `With ${n} benchmarks only differences of ${criticalDifference.toFixed(2)} ranks and more are seen, ${Math.round((100 * criticalDifference) / widest)} % of the ` +
        'whole scale: smaller ones may be real and go unseen.',
    ];
  }
  return [];
}

function formatNumber(value: number): string {
  return value >= 0.001 ? value.toPrecision(2) : value.toExponential(1);
}

function aboutOmnibus(analysis: RankAnalysis): string[] {
  const { alpha, pairs } = analysis;
  const before = gate(analysis);
  if (before === undefined || before.pValue <= alpha) return [];
  const apart = pairs.filter(({ significant }) => significant).length;
  const still = apart === 0 ? '' : ` The ${apart} pairs that the pairwise test marks must not be read without it.`;
  return [
    `No method may be called better than another from these data: the test that comes before pairs does not reject.${still} Nor does it show that the methods are equal.`,
  ];
}

function aboutSeeds({ scoresPerCell: { fewest, most } }: RankAnalysis): string[] {
  const uneven =
    fewest === most
      ? []
      : [
          `Methods have between ${fewest} and ${most} scores per benchmark: means of fewer scores vary more, and best values of more scores are higher by chance.`,
        ];
  if (fewest >= 5) return uneven;
  const why =
    fewest === 1
      ? 'With one score of a method on a benchmark, luck of the seed and quality of the method cannot be told apart: order on a single benchmark is no finding, and effect sizes are nothing but win rates.'
      : `With ${fewest} scores per method and benchmark, standard deviations are rough, and order on a single benchmark is no finding.`;
  return [why, ...uneven];
}

function aboutCliques({ cliques, postHoc }: RankAnalysis): string[] {
  if (cliques.length === 0) return [];
  const test = postHoc === 'nemenyi' ? 'the critical difference' : 'the test';
  return [`Methods under one bar are not shown to be equal: ${test} only does not tell them apart.`];
}

function aboutAgreement({ kendall, benchmarks }: RankAnalysis): string[] {
  const against: string[] = [];
  for (const [row, taus] of (kendall ?? []).entries()) {
    for (const [column, tau] of taus.entries()) {
      if (column < row && tau !== null && tau < 0) against.push(`${benchmarks[column]} and ${benchmarks[row]}`);
    }
  }
  if (against.length === 0) return [];
  const shown = against.slice(0, 4).join('; ');
  const more = against.length > 4 ? ` and ${against.length - 4} more pairs` : '';
  return [
    `Some benchmarks order the methods against each other (τ below 0): ${shown}${more}. An average over them hides that.`,
  ];
}
