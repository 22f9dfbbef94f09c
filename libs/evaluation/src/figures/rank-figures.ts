import { boxPlot, criticalDifferenceDiagram, type Figure, matrixPlot } from '@oneshot/plots';
import type { PairResult, RankAnalysis } from '../analysis/rank-analysis.js';
import { testNames } from '../words/test-names.js';

/** A figure under the name of its files. */
export interface NamedFigure {
  readonly name: string;
  readonly figure: Figure;
}

/** Every figure a ranking has. Those over several benchmarks are left out for one. */
export function rankFigures(analysis: RankAnalysis): NamedFigure[] {
  const several = analysis.benchmarks.length > 1;
  return [
    ...(several ? [{ name: 'critical-difference', figure: rankDiagram(analysis) }] : []),
    { name: 'win-rate', figure: winRateMatrix(analysis) },
    ...(several && analysis.kendall !== null
      ? [{ name: 'kendall', figure: kendallMatrix(analysis.benchmarks, analysis.kendall) }]
      : []),
    ...analysis.benchmarks.map((benchmark, at) => ({
      name: several ? `scores-${fileName(benchmark)}` : 'scores',
      figure: scorePlot(analysis, at),
    })),
  ];
}

/** @param title default: what the figure shows; so of all figures here */
export function rankDiagram(
  { methods, cliques, criticalDifference, postHoc, alpha, benchmarkCount }: RankAnalysis,
  title = `Average ranks over ${benchmarkCount} benchmark${benchmarkCount === 1 ? '' : 's'}`,
): Figure {
  return criticalDifferenceDiagram({
    title,
    methods: methods.map(({ method, averageRank }) => ({ name: method, averageRank })),
    cliques,
    ...(postHoc === 'nemenyi' && criticalDifference !== null ? { criticalDifference } : {}),
    note: `bars: not told apart by ${testNames[postHoc].full}, α = ${alpha}; the best is to the right`,
  });
}

export function winRateMatrix(
  { methods, pairs, postHoc }: RankAnalysis,
  title = 'Win rates: share of benchmarks on which the row beats the column',
): Figure {
  const names = methods.map(({ method }) => method);
  const byNames = new Map<string, PairResult>(
    pairs.flatMap((pair) => [
      [key(pair.a, pair.b), pair],
      [key(pair.b, pair.a), pair],
    ]),
  );
  const find = (row: number, column: number) => byNames.get(key(names[row] ?? '', names[column] ?? ''));
  const rate = (pair: PairResult, name: string) => {
    const share = (pair.wins + pair.ties / 2) / (pair.wins + pair.ties + pair.losses);
    return pair.a === name ? share : 1 - share;
  };
  return matrixPlot({
    title,
    rows: names,
    columns: names,
    values: names.map((name, row) =>
      names.map((_, column) => {
        const pair = row === column ? undefined : find(row, column);
        return pair === undefined ? null : rate(pair, name);
      }),
    ),
    centre: 0.5,
    reach: 0.5,
    framed: (row, column) => find(row, column)?.significant ?? false,
    remark: (row, column) => {
      const pair = find(row, column);
      if (pair === undefined) return '';
      const [won, lost] = pair.a === names[row] ? [pair.wins, pair.losses] : [pair.losses, pair.wins];
      return `${won} won, ${pair.ties} tied, ${lost} lost`;
    },
    note: `ties count half; framed: told apart by ${testNames[postHoc].full}`,
  });
}

export function kendallMatrix(
  benchmarks: readonly string[],
  kendall: NonNullable<RankAnalysis['kendall']>,
  title = 'Kendall’s τ-b between benchmarks, by how they order the methods',
): Figure {
  return matrixPlot({
    title,
    rows: benchmarks,
    columns: benchmarks,
    values: kendall,
    centre: 0,
    reach: 1,
    note: 'blue: the same order, orange: the opposite one',
  });
}

/** Every score on one benchmark, methods in the order of the ranking. */
export function scorePlot(
  { methods, benchmarks, measure }: RankAnalysis,
  at: number,
  { title = benchmarks[at] ?? '', ...size }: { readonly title?: string; readonly width?: number } = {},
): Figure {
  return boxPlot({
    title,
    valueName: measure,
    ...size,
    rows: methods.map(({ method, benchmarks: cells }, colour) => ({
      name: method,
      colour,
      values: cells[at]?.scores ?? [],
    })),
  });
}

function key(a: string, b: string): string {
  return JSON.stringify([a, b]);
}

/** Text as a part of a file name. */
export function fileName(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '') || 'unnamed';
}
