import type { DataTable } from '@oneshot/plots';
import type { MethodResult, RankAnalysis } from '../analysis/rank-analysis.js';
import { formatScore, formatSpread } from '../words/numbers.js';
import { dataTable, textTable } from './columns.js';
import { pairNames, pairTests, pairText } from './pair-columns.js';
import type { TextTable } from './text-table.js';

/** The ranking, best first. */
export function rankingTable(analysis: RankAnalysis): TextTable {
  const several = analysis.benchmarks.length > 1;
  return {
    title: `Average ranks by ${analysis.measure}`,
    columns: [
      { name: '', number: true },
      { name: 'method' },
      { name: 'average rank', number: true },
      ...(several ? [{ name: '95 % interval', number: true }] : []),
      { name: analysis.measure, number: true },
      { name: 'best', number: true },
      { name: 'scores', number: true },
    ],
    rows: analysis.methods.map((row, place) => [
      String(place + 1),
      row.method,
      row.averageRank.toFixed(2),
      ...(several && row.rankInterval !== null
        ? [`${row.rankInterval.low.toFixed(2)} to ${row.rankInterval.high.toFixed(2)}`]
        : []),
      formatSpread(row.mean, several ? null : row.standardDeviation),
      formatScore(row.best),
      String(row.count),
    ]),
  };
}

/** Every pair, the better-ranked method first. */
export function pairsTable({ pairs }: RankAnalysis): TextTable {
  const { better, other, record, nemenyi, wilcoxon, holm, a12, cliff, effect, apart } = pairText;
  const columns = [better, other, record, nemenyi, wilcoxon, holm, a12, cliff, effect, apart];
  return textTable('Pairs of methods', columns, pairs);
}

/** Mean scores and ranks, a row per benchmark. */
export function benchmarkTable(analysis: RankAnalysis): TextTable {
  return {
    title: `Mean ${analysis.measure} on each benchmark, and rank`,
    columns: [{ name: 'benchmark' }, ...analysis.methods.map(({ method }) => ({ name: method, number: true }))],
    rows: analysis.benchmarks.map((benchmark, at) => [
      benchmark,
      ...analysis.methods.map(({ benchmarks }) => {
        const cell = benchmarks[at];
        if (cell === undefined) return '';
        return `${formatSpread(cell.mean, cell.standardDeviation)} (${Number(cell.rank.toFixed(1))})`;
      }),
    ]),
  };
}

/** The ranking for programs. */
export function rankingData({ methods }: RankAnalysis): DataTable {
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
    ],
    methods,
  );
}

/** The pairs for programs. */
export function pairsData({ pairs }: RankAnalysis): DataTable {
  return dataTable([...pairNames, ...pairTests], pairs);
}
