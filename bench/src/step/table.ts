import type { SideFigures } from './side.js';

/** A table of all sides, with what the first one (ours) is faster and smaller by. */
export function comparisonTable(sides: readonly SideFigures[]): string {
  const [own] = sides;
  const rows = [
    ['side', 'layout', 'weights', 'min s', 'median s', 'peak MiB', 'ours faster', 'ours smaller'],
    ...sides.map((side) => [
      side.engine,
      side.layout,
      side.weight_params.toLocaleString('en'),
      side.step_s_min.toFixed(3),
      side.step_s_median.toFixed(3),
      String(side.peak_memory_mib),
      side === own ? '' : ratio(side.step_s_min, own?.step_s_min),
      side === own ? '' : ratio(side.peak_memory_mib, own?.peak_memory_mib),
    ]),
  ];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows
    .map((row) =>
      row.map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))),
    )
    .map((cells) => cells.join('  ').trimEnd())
    .join('\n');
}

function ratio(other: number, own: number | undefined): string {
  return own === undefined ? '' : `${(other / own).toFixed(2)}×`;
}
