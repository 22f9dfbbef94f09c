import { type Figure, figure } from '../figure/figure.js';
import { textWidth, titleWidth } from '../look/text-width.js';
import { element, type Markup } from '../markup/markup.js';

/** Rows against columns of numbers around a centre, such as τ around 0 or win rates around ½. */
export interface MatrixPlot {
  readonly title: string;
  readonly rows: readonly string[];
  readonly columns: readonly string[];
  /** `[rows][columns]`; `null` is left empty. */
  readonly values: readonly (readonly (number | null)[])[];
  /** Value without colour: above it is blue, below it orange. */
  readonly centre: number;
  /** Distance from the centre that has the full colour. */
  readonly reach: number;
  /** Cells with a frame, such as significant ones. */
  readonly framed?: (row: number, column: number) => boolean;
  /** What a cell says on hover, besides its names and value. */
  readonly remark?: (row: number, column: number) => string;
  /** What frames and colours mean. */
  readonly note?: string;
}

// Up to here numbers fit into the cells.
const mostWritten = 16;

/** Draws the matrix; up to 16 columns with the numbers, to two decimals, in the cells, beyond on hover only. */
export function matrixPlot(plot: MatrixPlot): Figure {
  const written = plot.columns.length <= mostWritten;
  const size = written ? 44 : 17;
  const height = written ? 26 : 17;
  const left = Math.max(40, ...plot.rows.map((name) => textWidth(name, 11))) + 10;
  const slanted = Math.max(...plot.columns.map((name) => textWidth(name, 11)), 20);
  const top = 34 + slanted * 0.72;
  const right = left + plot.columns.length * size;
  const bottom = top + plot.rows.length * height;
  const cells = plot.values.flatMap((values, row) =>
    values.map((value, column) => {
      const place = { x: left + column * size, y: top + row * height, width: size - 1, height: height - 1 };
      return value === null ? undefined : drawCell(plot, { row, column, value, written }, place);
    }),
  );
  const rowNames = plot.rows.map((name, row) =>
    element('text', { x: left - 6, y: top + (row + 0.5) * height + 4, 'text-anchor': 'end', 'font-size': 11 }, name),
  );
  const columnNames = plot.columns.map((name, column) => {
    const [x, y] = [left + (column + 0.5) * size, top - 6];
    return element(
      'text',
      { 'font-size': 11, transform: `translate(${x.toFixed(1)} ${y.toFixed(1)}) rotate(-45)` },
      name,
    );
  });
  return figure(
    {
      width: Math.max(right + slanted * 0.72 + 8, titleWidth(plot.title), textWidth(plot.note ?? '', 11) + left),
      height: bottom + (plot.note === undefined ? 6 : 24),
      title: plot.title,
      data: {
        columns: ['row', ...plot.columns],
        rows: plot.rows.map((name, row) => [name, ...(plot.values[row] ?? [])]),
      },
    },
    element('text', { class: 'title', x: 0, y: 16 }, plot.title),
    rowNames,
    columnNames,
    cells,
    plot.note === undefined
      ? undefined
      : element('text', { class: 'muted', x: 0, y: bottom + 17, 'font-size': 11 }, plot.note),
  );
}

interface Place {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function drawCell(
  plot: MatrixPlot,
  cell: { row: number; column: number; value: number; written: boolean },
  place: Place,
): Markup {
  const { row, column, value, written } = cell;
  const text = value.toFixed(2);
  const share = Math.min(1, Math.abs(value - plot.centre) / plot.reach);
  const remark = plot.remark?.(row, column);
  const words = `${plot.rows[row]}, ${plot.columns[column]}: ${text}${remark === undefined || remark === '' ? '' : `, ${remark}`}`;
  const framed = plot.framed?.(row, column) ?? false;
  const inner = { x: place.x + 1, y: place.y + 1, width: place.width - 2, height: place.height - 2 };
  return element(
    'g',
    {},
    element('title', {}, words),
    // Opacity stops where the ink on top of it can still be read.
    element('rect', {
      class: value < plot.centre ? 'cell-below' : 'cell-heat',
      ...place,
      'fill-opacity': written ? 0.03 + 0.55 * share : 0.05 + 0.95 * share,
    }),
    framed ? element('rect', { class: 'significant', ...inner }) : undefined,
    written
      ? element(
          'text',
          { x: place.x + place.width / 2, y: place.y + place.height / 2 + 4, 'text-anchor': 'middle', 'font-size': 11 },
          text,
        )
      : undefined,
  );
}
