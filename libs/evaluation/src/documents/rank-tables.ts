import { type DataTable, formatFixed } from '@oneshot/plots';
import type { MethodResult, RankAnalysis } from '../analysis/rank-analysis.js';
import { betterWords } from '../words/direction.js';
import { formatScore, formatSpread } from '../words/numbers.js';
import { testNames } from '../words/test-names.js';
import { type DataColumn, dataTable, textTable } from './columns.js';
import { emphasize } from './emphasis.js';
import { decisiveColumns, otherColumns, pairNames, pairTests, pairText } from './pair-columns.js';
import type { TextTable } from './text-table.js';

/** The ranking, best first. */
export function rankingTable(analysis: RankAnalysis): TextTable {
  const several = analysis.benchmarks.length > 1;
  const better = betterOf(analysis);
  const { methods } = analysis;
  const ranks = emphasize(
    methods.map(({ averageRank }) => averageRank),
    'smaller',
    formatRank,
  );
  const means = emphasize(
    methods.map((row) => row.mean),
    better,
    formatScore,
  );
  const bests = emphasize(
    methods.map(({ best }) => best),
    better,
    formatScore,
  );
  return {
    title: `Average ranks by ${analysis.measure}; ${betterWords(analysis)}`,
    columns: [
      { name: '', number: true },
      { name: 'method' },
      { name: 'average rank', number: true },
      ...(several ? [{ name: '95 % interval', number: true }] : []),
      { name: analysis.measure, number: true },
      { name: 'best', number: true },
      { name: 'scores', number: true },
    ],
    rows: methods.map((row, place) => [
      String(place + 1),
      row.method,
      formatRank(row.averageRank),
      ...(several && row.rankInterval !== null
        ? [`${formatRank(row.rankInterval.low)} to ${formatRank(row.rankInterval.high)}`]
        : []),
      formatSpread(row.mean, several ? null : row.standardDeviation),
      formatScore(row.best),
      String(row.count),
    ]),
    emphasis: methods.map((_, place) => [
      undefined,
      undefined,
      ranks[place],
      ...(several ? [undefined] : []),
      means[place],
      bests[place],
      undefined,
    ]),
  };
}

function betterOf({ direction }: RankAnalysis): 'greater' | 'smaller' {
  return direction === 'up' ? 'greater' : 'smaller';
}

/** Which scores are better, in every row, so that no table is read the wrong way round. */
export function betterColumn(analysis: RankAnalysis): DataColumn<unknown> {
  return { name: 'better', cell: () => (analysis.direction === 'up' ? 'larger' : 'smaller') };
}

function firstOf({ benchmarks, benchmarkCount }: RankAnalysis): string {
  return benchmarks.length === benchmarkCount
    ? ''
    : ` (the first ${benchmarks.length} of ${benchmarkCount} benchmarks)`;
}

function formatRank(rank: number): string {
  return formatFixed(rank, 2);
}

// A longer table is for programs: all pairs are in `pairs.csv`.
const mostPairs = 2000;

/** Every pair, the better-ranked method first; of very many those of the methods that rank best. */
export function pairsTable({ pairs, postHoc, alpha }: RankAnalysis): TextTable {
  const listed = pairs.slice(0, mostPairs);
  const few = listed.length === pairs.length ? '' : `; the first ${listed.length} of ${pairs.length}, by the ranking`;
  const { better, other, record, a12, cliff, effect, apart } = pairText;
  const tests = [...decisiveColumns(postHoc), apart, ...otherColumns(postHoc)];
  const title = `Pairs of methods; told apart where ${testNames[postHoc].adjusted} is at most ${alpha}${few}`;
  return textTable(title, [better, other, record, ...tests, a12, cliff, effect], listed);
}

/** Mean scores and ranks, a row per benchmark. */
export function benchmarkTable(analysis: RankAnalysis): TextTable {
  return {
    title: `Mean ${analysis.measure} on each benchmark, and rank; ${betterWords(analysis)}${firstOf(analysis)}`,
    columns: [{ name: 'benchmark' }, ...analysis.methods.map(({ method }) => ({ name: method, number: true }))],
    rows: analysis.benchmarks.map((benchmark, at) => [
      benchmark,
      ...analysis.methods.map(({ benchmarks }) => {
        const cell = benchmarks[at];
        if (cell === undefined) return '';
        return `${formatSpread(cell.mean, cell.standardDeviation)} (${Number(cell.rank.toFixed(1))})`;
      }),
    ]),
    emphasis: analysis.benchmarks.map((_, at) => [
      undefined,
      ...emphasize(
        analysis.methods.map(({ benchmarks }) => benchmarks[at]?.mean ?? Number.NaN),
        betterOf(analysis),
        formatScore,
      ),
    ]),
  };
}

/** The ranking for programs. */
export function rankingData(analysis: RankAnalysis): DataTable {
  return dataTable<MethodResult>(
    [
      { name: 'method', cell: ({ method }) => method },
      { name: 'average rank', cell: ({ averageRank }) => averageRank },
      { name: 'interval low', cell: ({ rankInterval }) => rankInterval?.low ?? null },
      { name: 'interval high', cell: ({ rankInterval }) => rankInterval?.high ?? null },
      { name: 'mean', cell: ({ mean }) => mean },
      { name: 'standard deviation', cell: ({ standardDeviation }) => standardDeviation },
      { name: 'best', cell: ({ best }) => best },
      { name: 'scores', cell: ({ count }) => count },
      betterColumn(analysis),
    ],
    analysis.methods,
  );
}

/** The pairs for programs. */
export function pairsData(analysis: RankAnalysis): DataTable {
  return dataTable([...pairNames, ...pairTests, betterColumn(analysis)], analysis.pairs);
}
