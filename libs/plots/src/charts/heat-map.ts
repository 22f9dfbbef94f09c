import { type Figure, figure } from '../figure/figure.js';
import { textWidth } from '../look/text-width.js';
import { element } from '../markup/markup.js';

/** Rows over columns of values from 0 to `maximum`; the darker, the greater. */
export interface HeatMap {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly { readonly name: string; readonly values: readonly number[] }[];
  /** Value of the full colour. Default: the greatest there is. */
  readonly maximum?: number;
}

const cellHeight = 14;

/** Draws the map, with each row's last value written to its right. Each field tells its value on hover. */
export function heatMap(map: HeatMap, width = 360): Figure {
  const left = Math.max(40, ...map.rows.map((row) => textWidth(row.name, 11))) + 8;
  const right = width - 44;
  const top = 26;
  const bottom = top + map.rows.length * cellHeight;
  const cellWidth = (right - left) / Math.max(1, map.columns.length);
  const maximum =
    map.maximum ?? Math.max(Number.MIN_VALUE, ...map.rows.flatMap((row) => row.values.filter(Number.isFinite)));
  const rows = map.rows.map((row, index) => {
    const y = top + index * cellHeight;
    const last = row.values.at(-1);
    return element(
      'g',
      {},
      element('text', { x: left - 6, y: y + 11, 'text-anchor': 'end', 'font-size': 11 }, row.name),
      row.values.map((value, column) =>
        element(
          'rect',
          {
            class: 'cell-heat',
            'shape-rendering': 'crispEdges',
            x: left + column * cellWidth,
            y,
            width: cellWidth,
            height: cellHeight - 1,
            'fill-opacity': Number.isFinite(value) ? Math.min(1, Math.max(0.03, value / maximum)) : 0,
          },
          element(
            'title',
            {},
            `${row.name}, ${map.columns[column] ?? column}: ${Number.isFinite(value) ? value.toPrecision(3) : 'no value'}`,
          ),
        ),
      ),
      last === undefined || !Number.isFinite(last)
        ? undefined
        : element('text', { class: 'muted', x: right + 6, y: y + 11, 'font-size': 11 }, last.toFixed(3)),
    );
  });
  const ends = [
    element('text', { class: 'muted', x: left, y: bottom + 15 }, map.columns[0] ?? ''),
    element('text', { class: 'muted', x: right, y: bottom + 15, 'text-anchor': 'end' }, map.columns.at(-1) ?? ''),
  ];
  const data = {
    columns: ['row', 'column', 'value'],
    rows: map.rows.flatMap(({ name, values }) =>
      values.map((value, at) => [name, map.columns[at] ?? String(at), value]),
    ),
  };
  return figure(
    { width, height: bottom + 24, title: map.title, data },
    element('text', { class: 'title', x: 0, y: 16 }, map.title),
    rows,
    ends,
  );
}
