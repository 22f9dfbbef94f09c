import { type Figure, figure } from '../figure/figure.js';
import { nameKey, shortNames, wrapped } from '../look/short-names.js';
import { textWidth, titleWidth } from '../look/text-width.js';
import { element, type Markup } from '../markup/markup.js';
import { type ColourScale, colourBarItems, colouredRect, colourScaleOf, hatch, isBelow } from './colour-scale.js';
import { cellFormat, everyNth, labelStride } from './labels.js';

/**
 * Numbers in rows and columns, such as win rates, τ between benchmarks or weights over epochs, as
 * colours.
 */
export interface HeatMap {
  readonly title: string;
  readonly columns: readonly string[];
  /** `null` and what is not finite is left empty. */
  readonly rows: readonly { readonly name: string; readonly values: readonly (number | null)[] }[];
  /**
   * `names` (default): each column stands for itself; `steps`: columns follow each other, as epochs
   * do, and are narrow.
   */
  readonly columnKind?: 'names' | 'steps';
  /**
   * Default: around zero where there are negative values, from the least to the greatest otherwise.
   */
  readonly scale?: ColourScale;
  /**
   * What the numbers are, beside the bar that shows the scale. Default `value`; `null`: no bar, as
   * where several maps share one.
   */
  readonly valueName?: string | null;
  /** How numbers are written. Default: three digits of the largest. */
  readonly format?: (value: number) => string;
  /** Names of the axes. Default: none. */
  readonly xName?: string;
  readonly yName?: string;
  /** Cells with a frame, such as significant ones. */
  readonly framed?: (row: number, column: number) => boolean;
  /** What a cell says on hover, besides its names and value. */
  readonly remark?: (row: number, column: number) => string;
  /** What frames mean, and the like. */
  readonly note?: string;
  /** Of `steps`; default 360 pixels. */
  readonly width?: number;
  /** How its numbers are kept: a row per cell (default), or as the matrix it is. */
  readonly data?: 'long' | 'wide';
}

// Up to here numbers fit into the cells of names.
const mostWritten = 32;
// More cells than this are not told one by one on hover: the table beside the figure has them all.
const mostHovered = 3000;
const nameSize = 11;

/**
 * Draws the map with the bar of its colours. With up to 32 columns of names numbers stand in the
 * cells; steps tell the last of each row to the right. Names are written as far as they have room:
 * all, or every n-th, which the figure then says.
 */
export function heatMap(map: HeatMap): Figure {
  const layout = layOut(map);
  const { left, top, bottom, columnStride, rowStride } = layout;
  const { short, scale, format, written } = layout;
  const cells = map.rows.flatMap(({ values }, row) =>
    map.columns.map((_, column) => drawCell(map, layout, row, column, values[column] ?? null)),
  );
  const rowNames = map.rows.flatMap(({ name }, row) => {
    if (row % rowStride !== 0) return [];
    const y = top + (row + 0.5) * layout.cellHeight + 4;
    return [element('text', { x: left - 6, y, 'text-anchor': 'end', 'font-size': nameSize }, short.of(name))];
  });
  const thinned = [
    ...(columnStride > 1 && map.columnKind !== 'steps' ? [everyNth(columnStride, 'column')] : []),
    ...(rowStride > 1 ? [everyNth(rowStride, 'row')] : []),
  ];
  const below = scale.kind === 'diverging' && !written ? [`hatched: below ${format(scale.centre)}`] : [];
  const note = [...(map.note === undefined ? [] : [map.note]), ...below, ...thinned].join('; ');
  const bar =
    map.valueName === null
      ? undefined
      : colourBarItems({ scale, valueName: map.valueName ?? 'value', light: written, format });
  const width = Math.max(layout.width, titleWidth(map.title), (bar?.width ?? 0) + 4);
  const noteLines = note === '' ? [] : wrapped(note, width - 8);
  const key = nameKey(short, width - 8);
  const barAt = bottom + layout.belowColumns + 10;
  const noteAt = barAt + (bar?.height ?? 0) + 4;
  const keyAt = noteAt + noteLines.length * 15 + 2;
  return figure(
    { width, height: keyAt + key.height, title: map.title, data: tableOf(map) },
    element('text', { class: 'title', x: 0, y: 16 }, map.title),
    map.yName === undefined
      ? undefined
      : element(
          'text',
          { class: 'muted', x: left - 6, y: top - 7, 'text-anchor': 'end', 'font-size': nameSize },
          map.yName,
        ),
    rowNames,
    columnNames(map, layout),
    cells,
    lastValues(map, layout),
    bar && element('g', { transform: `translate(0 ${barAt.toFixed(1)})` }, bar.items),
    noteLines.map((line, at) =>
      element('text', { class: 'muted', x: 0, y: noteAt + 11 + at * 15, 'font-size': nameSize }, line),
    ),
    element('g', { transform: `translate(0 ${keyAt.toFixed(1)})` }, key.items),
  );
}

type Layout = ReturnType<typeof layOut>;

function layOut(map: HeatMap) {
  const steps = map.columnKind === 'steps';
  const values = map.rows.flatMap((row) =>
    row.values.filter((value) => value !== null && Number.isFinite(value)),
  ) as number[];
  const format = map.format ?? cellFormat(values);
  const scale = map.scale ?? colourScaleOf(values);
  const names = [...map.rows.map(({ name }) => name), ...(steps ? [] : map.columns)];
  const short = shortNames(names, 150, nameSize);
  const columns = Math.max(1, map.columns.length);
  const rows = Math.max(1, map.rows.length);
  const left =
    Math.max(
      40,
      ...map.rows.map(({ name }) => textWidth(short.of(name), nameSize)),
      textWidth(map.yName ?? '', nameSize),
    ) + 10;
  const written = !steps && columns <= mostWritten && values.length > 0;
  const textSize = columns <= 16 ? 11 : 9;
  const widest = Math.max(0, ...(written ? values.map((value) => textWidth(format(value), textSize)) : []));
  const room = (map.width ?? 360) - left - 56;
  const cellWidth = steps
    ? Math.min(40, Math.max(2, room / columns))
    : written
      ? Math.max(columns <= 16 ? 40 : 26, widest + 6)
      : Math.min(17, Math.max(3, Math.floor(900 / columns)));
  const cellHeight = written
    ? columns <= 16
      ? 24
      : 18
    : Math.min(steps ? 14 : 17, Math.max(3, Math.floor(1000 / rows)));
  const wide = Math.max(20, ...map.columns.map((name) => textWidth(short.of(name), nameSize)));
  // Steps are named below, side by side; names above, slanted, so that even long ones need no more
  // than a line's height each.
  const columnStride = steps ? labelStride(cellWidth, wide + 12) : labelStride(cellWidth, 13);
  const slanted = steps ? 0 : wide * 0.72;
  const top = steps ? 40 : 36 + slanted;
  const right = left + columns * cellWidth;
  const bottom = top + rows * cellHeight;
  const belowColumns = (steps ? 16 : 0) + (map.xName === undefined ? 0 : 18);
  return {
    ...{
      left,
      top,
      right,
      bottom,
      cellWidth,
      cellHeight,
      short,
      format,
      scale,
      written,
      textSize,
      columnStride,
      belowColumns,
    },
    rowStride: labelStride(cellHeight, 12),
    hovered: columns * rows <= mostHovered,
    width: Math.max(right + (steps ? 56 : slanted + 8), 120),
  };
}

function columnNames(map: HeatMap, layout: Layout): Markup[] {
  const { left, right, top, bottom, cellWidth, columnStride, short } = layout;
  const steps = map.columnKind === 'steps';
  const names = map.columns.flatMap((name, column) => {
    if (column % columnStride !== 0) return [];
    const x = left + (column + 0.5) * cellWidth;
    const place = steps
      ? {
          class: 'muted',
          x: Math.max(x, left + textWidth(name, nameSize) / 2 - 4),
          y: bottom + 14,
          'text-anchor': 'middle',
        }
      : { transform: `translate(${(x + 3).toFixed(1)} ${(top - 6).toFixed(1)}) rotate(-45)` };
    return [element('text', { 'font-size': nameSize, ...place }, short.of(name))];
  });
  if (map.xName === undefined) return names;
  const place = { x: (left + right) / 2, y: bottom + (steps ? 30 : 15), 'text-anchor': 'middle' };
  return [...names, element('text', { class: 'muted', 'font-size': nameSize, ...place }, map.xName)];
}

/** The last number of each row of steps, under the name of the last column. */
function lastValues(map: HeatMap, { right, top, cellHeight, format, rowStride }: Layout): Markup[] {
  const last = map.columns.at(-1);
  if (map.columnKind !== 'steps' || last === undefined) return [];
  const small = { class: 'muted', x: right + 6, 'font-size': nameSize };
  return [
    element('text', { ...small, y: top - 7 }, last),
    ...map.rows.flatMap(({ values }, row) => {
      const value = values[map.columns.length - 1] ?? null;
      if (value === null || !Number.isFinite(value) || row % rowStride !== 0) return [];
      return [element('text', { ...small, y: top + (row + 0.5) * cellHeight + 4 }, format(value))];
    }),
  ];
}

function drawCell(map: HeatMap, layout: Layout, row: number, column: number, value: number | null): Markup {
  const { left, top, cellWidth, cellHeight, scale, written, format, textSize, hovered } = layout;
  const gap = cellWidth > 6 && cellHeight > 6 ? 1 : 0;
  const steps = map.columnKind === 'steps';
  // Whole pixels: neighbours that share one would be seen as a line between them.
  const edge = (at: number) => (steps ? Math.round(left + at * cellWidth) : left + at * cellWidth);
  const place = {
    x: edge(column),
    y: top + row * cellHeight,
    width: edge(column + 1) - edge(column) - (steps ? 0 : gap),
    height: cellHeight - gap,
  };
  const found = value !== null && Number.isFinite(value);
  const remark = map.remark?.(row, column) ?? '';
  const words = [`${map.rows[row]?.name}, ${map.columns[column]}: ${found ? format(value) : 'no value'}`, remark];
  const title = hovered ? element('title', {}, words.filter((part) => part !== '').join(', ')) : undefined;
  if (!found) return element('g', {}, title, element('rect', { class: 'cell-none', ...place }));
  const inner = { x: place.x + 1, y: place.y + 1, width: place.width - 2, height: place.height - 2 };
  return element(
    'g',
    {},
    title,
    colouredRect(scale, value, place, written),
    isBelow(scale, value) && !written ? hatch(place) : undefined,
    map.framed?.(row, column) ? element('rect', { class: 'significant', ...inner }) : undefined,
    written
      ? element(
          'text',
          {
            x: place.x + place.width / 2,
            y: place.y + place.height / 2 + 4,
            'text-anchor': 'middle',
            'font-size': textSize,
          },
          format(value),
        )
      : undefined,
  );
}

function tableOf({ columns, rows, data }: HeatMap) {
  const at = (values: readonly (number | null)[], column: number) => values[column] ?? null;
  if (data === 'wide') {
    return {
      columns: ['row', ...columns],
      rows: rows.map(({ name, values }) => [name, ...columns.map((_, column) => at(values, column))]),
    };
  }
  return {
    columns: ['row', 'column', 'value'],
    rows: rows.flatMap(({ name, values }) => columns.map((column, index) => [name, column, at(values, index)])),
  };
}
