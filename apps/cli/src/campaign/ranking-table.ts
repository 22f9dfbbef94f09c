import type { RankResponse } from '@oneshot/contracts';
import { formatTable } from '../output/table.js';

/** The ranking as a table, best first. */
export function rankingTable(ranking: RankResponse): string {
  const percent = (fraction: number) => (100 * fraction).toFixed(2);
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
      row.averageRank.toFixed(2),
      row.count > 1 ? `${percent(row.mean)} ± ${percent(row.standardDeviation)} %` : `${percent(row.mean)} %`,
      `${percent(row.best)} %`,
      String(row.count),
    ]),
  );
}
