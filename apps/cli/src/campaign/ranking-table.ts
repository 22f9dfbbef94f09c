import type { RankResponse } from '@oneshot/contracts';
import { formatFixed, formatPercent } from '@oneshot/plots';
import { formatTable } from '../output/table.js';

/** The ranking as a table, best first. */
export function rankingTable(ranking: RankResponse): string {
  return formatTable(
    [
      { name: '', number: true },
      { name: 'method' },
      { name: 'average rank', number: true },
      { name: 'test accuracy', number: true },
      { name: 'best', number: true },
      { name: 'runs', number: true },
    ],
    ranking.methods.map((row, index) => [
      String(index + 1),
      row.method,
      formatFixed(row.averageRank, 2),
      row.count > 1
        ? `${formatFixed(100 * row.mean, 2)} ± ${formatPercent(row.standardDeviation)}`
        : formatPercent(row.mean),
      formatPercent(row.best),
      String(row.count),
    ]),
  );
}
