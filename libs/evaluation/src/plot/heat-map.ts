import { type Figure, heatMap } from '@oneshot/plots';
import { grouped } from '../grouped.js';
import type { NamedRow } from '../input/named-table.js';
import { axisNames, type FigureOptions } from './figure-options.js';

/**
 * Rows over columns in the order in which they appear; cells without a row of their own are left
 * empty.
 */
export function drawHeatMap(rows: readonly NamedRow[], { title = 'Heat map', xLabel, yLabel }: FigureOptions): Figure {
  const columns = [...new Set(rows.map((row) => row.text('column') ?? ''))];
  return heatMap({
    title,
    columns,
    rows: grouped(rows, (row) => row.text('row') ?? '').map(([name, own]) => {
      const values = new Map(own.map((row) => [row.text('column') ?? '', row.number('value') ?? null]));
      return { name, values: columns.map((column) => values.get(column) ?? null) };
    }),
    ...axisNames(xLabel, yLabel),
  });
}
