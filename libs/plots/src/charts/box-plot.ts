import { quantile } from '@oneshot/stats';
import { type Figure, figure } from '../figure/figure.js';
import { seriesClass } from '../look/figure-style.js';
import { textWidth } from '../look/text-width.js';
import { element, type Markup } from '../markup/markup.js';
import { horizontalAxis, type Plane } from './frame.js';
import { extent, linearScale } from './scale.js';

/** All values of one group. */
export interface BoxRow {
  readonly name: string;
  readonly values: readonly number[];
  readonly colour: number;
}

/** Groups of values side by side. */
export interface BoxPlot {
  readonly title: string;
  readonly rows: readonly BoxRow[];
  /** Name of the axis. */
  readonly valueName: string;
  /** Default 720 pixels. */
  readonly width?: number;
}

// With fewer values quartiles mean little: only the points are drawn.
const fewestForBox = 5;

/**
 * Rows from top to bottom: every value as a dot, and from five values on a box from the lower to the upper quartile with the median in it and
 * whiskers to the last values within 1.5 times its width (Tukey 1977).
 */
export function boxPlot({ title, rows, valueName, width = 720 }: BoxPlot): Figure {
  const dense = rows.length > 15;
  const rowHeight = dense ? 18 : 30;
  const left = Math.max(60, ...rows.map((row) => textWidth(row.name))) + 14;
  const plane: Plane = { left, right: width - 20, top: 30, bottom: 30 + rows.length * rowHeight };
  const data = {
    columns: ['group', 'value'],
    rows: rows.flatMap(({ name, values }) => values.map((value) => [name, value])),
  };
  const frame = { width, height: plane.bottom + 42, title, data };
  const heading = element('text', { class: 'title', x: 0, y: 16 }, title);
  const domain = extent(rows.flatMap(({ values }) => values));
  if (domain === undefined)
    return figure(frame, heading, element('text', { class: 'muted', x: 0, y: 40 }, 'no values'));
  const margin = (domain[1] - domain[0]) * 0.03;
  const x = linearScale([domain[0] - margin, domain[1] + margin], [plane.left, plane.right], 6);
  const grid = x.ticks.map((tick) =>
    element('line', { class: 'grid', x1: x.position(tick), x2: x.position(tick), y1: plane.top, y2: plane.bottom }),
  );
  const drawn = rows.map((row, index) => {
    const y = plane.top + (index + 0.5) * rowHeight;
    return element(
      'g',
      {},
      element('text', { x: left - 10, y: y + 4, 'text-anchor': 'end' }, row.name),
      row.values.length < fewestForBox ? undefined : box(row.values, y, rowHeight * 0.32, x.position),
      row.values.map((value) =>
        element(
          'circle',
          { class: `mark ${seriesClass(row.colour)}`, cx: x.position(value), cy: y, r: dense ? 2.6 : 3.6 },
          element('title', {}, `${row.name}: ${Number(value.toPrecision(6))}`),
        ),
      ),
    );
  });
  return figure(frame, heading, grid, horizontalAxis(plane, x, valueName), drawn);
}

function box(values: readonly number[], y: number, half: number, position: (value: number) => number): Markup {
  const [lower, middle, upper] = [0.25, 0.5, 0.75].map((share) => quantile(values, share)) as [number, number, number];
  const reach = 1.5 * (upper - lower);
  const within = values.filter((value) => value >= lower - reach && value <= upper + reach);
  const [low, high] = [Math.min(...within, lower), Math.max(...within, upper)];
  const at = (value: number) => position(value).toFixed(1);
  const line = y.toFixed(1);
  return element(
    'g',
    {},
    element('path', { class: 'elbow', d: `M${at(low)} ${line}H${at(lower)}M${at(upper)} ${line}H${at(high)}` }),
    element('rect', {
      class: 'box',
      x: position(lower),
      y: y - half,
      width: Math.max(0.5, position(upper) - position(lower)),
      height: 2 * half,
    }),
    element('line', { class: 'median', x1: position(middle), x2: position(middle), y1: y - half, y2: y + half }),
  );
}
