import type { DataTable } from '@oneshot/plots';
import type { RankAnalysis } from '../analysis/rank-analysis.js';
import { formatScore, formatSpread } from '../words/numbers.js';
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
export function pairsTable(analysis: RankAnalysis): TextTable {
  const p = (value: number | null) => (value === null ? '' : value < 0.0001 ? '<0.0001' : value.toFixed(4));
  return {
    title: 'Pairs of methods',
    columns: [
      { name: 'better ranked' },
      { name: 'other' },
      { name: 'wins/ties/losses', number: true },
      { name: 'Nemenyi p', number: true },
      { name: 'Wilcoxon p', number: true },
      { name: 'Holm p', number: true },
      { name: 'A₁₂', number: true },
      { name: 'Cliff’s δ', number: true },
      { name: 'effect' },
      { name: 'told apart' },
    ],
    rows: analysis.pairs.map((pair) => [
      pair.a,
      pair.b,
      `${pair.wins}/${pair.ties}/${pair.losses}`,
      p(pair.nemenyiP),
      p(pair.wilcoxonP),
      p(pair.wilcoxonHolmP),
      pair.a12.toFixed(2),
      pair.cliffsDelta.toFixed(2),
      pair.magnitude,
      pair.significant ? 'yes' : 'no',
    ]),
  };
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
  return {
    columns: [
      'method',
      'average rank',
      'interval low',
      'interval high',
      'mean',
      'standard deviation',
      'best',
      'scores',
    ],
    rows: methods.map((row) => [
      row.method,
      row.averageRank,
      row.rankInterval?.low ?? null,
      row.rankInterval?.high ?? null,
      row.mean,
      row.standardDeviation,
      row.best,
      row.count,
    ]),
  };
}

/** The pairs for programs. */
export function pairsData({ pairs }: RankAnalysis): DataTable {
  return {
    columns: [
      'a',
      'b',
      'wins',
      'ties',
      'losses',
      'sign p (Holm)',
      'Nemenyi p',
      'Wilcoxon p',
      'Wilcoxon p (Holm)',
      'A12',
      'Cliff delta',
      'effect',
      'told apart',
    ],
    rows: pairs.map((pair) => [
      pair.a,
      pair.b,
      pair.wins,
      pair.ties,
      pair.losses,
      pair.signP,
      pair.nemenyiP,
      pair.wilcoxonP,
      pair.wilcoxonHolmP,
      pair.a12,
      pair.cliffsDelta,
      pair.magnitude,
      pair.significant ? 'yes' : 'no',
    ]),
  };
}
