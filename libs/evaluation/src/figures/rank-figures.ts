import { boxPlot, criticalDifferenceDiagram, type Figure, formatFixed, heatMap, seriesNumbers } from '@oneshot/plots';
import type { PairResult, RankAnalysis } from '../analysis/rank-analysis.js';
import { axisNames } from '../plot/figure-options.js';
import { betterWords } from '../words/direction.js';
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

/** What a figure and its axes are called. Default: what the figure shows. */
interface FigureNames {
  readonly title?: string;
  readonly xLabel?: string;
  readonly yLabel?: string;
}

/** Average ranks with a bar over each group that the chosen test does not tell apart. */
export function rankDiagram(
  { methods, cliques, criticalDifference, postHoc, alpha, benchmarkCount, measure, direction }: RankAnalysis,
  {
    title = `Average ranks over ${benchmarkCount} benchmark${benchmarkCount === 1 ? '' : 's'}`,
    xLabel,
  }: FigureNames = {},
): Figure {
  return criticalDifferenceDiagram({
    title,
    methods: methods.map(({ method, averageRank }) => ({ name: method, averageRank })),
    cliques,
    ...(postHoc === 'nemenyi' && criticalDifference !== null ? { criticalDifference } : {}),
    ...(xLabel === undefined ? {} : { rankName: xLabel }),
    note: `bars: not told apart by ${testNames[postHoc].full}, α = ${alpha}; the best is to the right; of ${measure} ${betterWords({ direction })}`,
  });
}

// A matrix of more methods is seen as a surface.
const mostInMatrix = 64;

export function winRateMatrix(
  { methods, pairs, postHoc, measure, direction }: RankAnalysis,
  { title = 'Win rates: share of benchmarks on which the row beats the column', ...labels }: FigureNames = {},
): Figure {
  const names = methods.slice(0, mostInMatrix).map(({ method }) => method);
  const few = names.length === methods.length ? '' : `the ${names.length} best of ${methods.length} methods; `;
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
  return heatMap({
    title,
    columns: names,
    rows: names.map((name, row) => ({
      name,
      values: names.map((_, column) => {
        const pair = row === column ? undefined : find(row, column);
        return pair === undefined ? null : rate(pair, name);
      }),
    })),
    scale: { kind: 'diverging', centre: 0.5, reach: 0.5 },
    valueName: 'win rate',
    format: (value) => formatFixed(value, 2),
    data: 'wide',
    ...axisNames(labels.xLabel, labels.yLabel),
    framed: (row, column) => find(row, column)?.significant ?? false,
    remark: (row, column) => {
      const pair = find(row, column);
      if (pair === undefined) return '';
      const [won, lost] = pair.a === names[row] ? [pair.wins, pair.losses] : [pair.losses, pair.wins];
      return `${won} won, ${pair.ties} tied, ${lost} lost`;
    },
    note: `${few}ties count half; framed: told apart by ${testNames[postHoc].full}; of ${measure} ${betterWords({ direction })}`,
  });
}

export function kendallMatrix(
  benchmarks: readonly string[],
  kendall: NonNullable<RankAnalysis['kendall']>,
  { title = 'Kendall’s τ-b between benchmarks, by how they order the methods', ...labels }: FigureNames = {},
): Figure {
  return heatMap({
    title,
    columns: benchmarks,
    rows: benchmarks.map((name, row) => ({ name, values: kendall[row] ?? [] })),
    scale: { kind: 'diverging', centre: 0, reach: 1 },
    valueName: 'τ-b',
    format: (value) => formatFixed(value, 2),
    data: 'wide',
    ...axisNames(labels.xLabel, labels.yLabel),
    note: '1: the same order, −1: the opposite one; empty: a benchmark that ties all methods',
  });
}

/** Every score on one benchmark, methods in the order of the ranking. */
export function scorePlot(
  analysis: RankAnalysis,
  at: number,
  { width, ...names }: FigureNames & { readonly width?: number } = {},
): Figure {
  const { benchmarks, measure } = analysis;
  return boxPlot({
    title: names.title ?? benchmarks[at] ?? '',
    panels: [{ rows: rowsOf(analysis, at) }],
    valueName: names.xLabel ?? `${measure}, ${betterWords(analysis)}`,
    ...(names.yLabel === undefined ? {} : { groupName: names.yLabel }),
    ...(width === undefined ? {} : { width }),
    ...noteOf(thinned(analysis)),
  });
}

/**
 * Every score on each benchmark as small multiples, methods in the order of the ranking.
 *
 * @param most how many benchmarks are drawn; default all
 */
export function scoreBoxes(
  analysis: RankAnalysis,
  { title, xLabel, yLabel }: FigureNames = {},
  most = analysis.benchmarks.length,
): Figure {
  const { benchmarks, benchmarkCount, measure } = analysis;
  const names = { ...(title === undefined ? {} : { title }), ...(xLabel === undefined ? {} : { xLabel }) };
  if (benchmarks.length === 1) return scorePlot(analysis, 0, { ...names, ...(yLabel === undefined ? {} : { yLabel }) });
  const shown = benchmarks.slice(0, most);
  return boxPlot({
    title: title ?? `${measure} on each benchmark`,
    panels: shown.map((benchmark, at) => ({ title: benchmark, rows: rowsOf(analysis, at) })),
    valueName: xLabel ?? `${measure}, ${betterWords(analysis)}`,
    ...(yLabel === undefined ? {} : { groupName: yLabel }),
    ...noteOf(
      shown.length < benchmarkCount ? `the first ${shown.length} of ${benchmarkCount} benchmarks` : undefined,
      thinned(analysis),
    ),
  });
}

function rowsOf({ methods }: RankAnalysis, at: number) {
  const colours = seriesNumbers(methods.map(({ method }) => method));
  return methods.map(({ method, benchmarks }) => ({
    name: method,
    colour: colours.get(method) ?? 0,
    values: benchmarks[at]?.scores ?? [],
  }));
}

function noteOf(...notes: readonly (string | undefined)[]): { readonly note?: string } {
  const told = notes.filter((note) => note !== undefined);
  return told.length === 0 ? {} : { note: told.join('; ') };
}

/** Told where not every score is drawn. */
function thinned({ methods }: RankAnalysis): string | undefined {
  const cells = methods.flatMap(({ benchmarks }) => benchmarks);
  const most = cells.reduce((largest, { count }) => Math.max(largest, count), 0);
  const drawn = cells.reduce((largest, { scores }) => Math.max(largest, scores.length), 0);
  return most === drawn ? undefined : `${drawn} of up to ${most} scores of a method, evenly through their order`;
}

function key(a: string, b: string): string {
  return JSON.stringify([a, b]);
}

/** Text as a part of a file name. */
export function fileName(text: string): string {
  return text.replace(/[^A-Za-z0-9._-]+/g, '-').replace(/^[.-]+/, '') || 'unnamed';
}
