import { quantile } from '@oneshot/stats';
import { type Figure, figure } from '../figure/figure.js';
import { marker } from '../look/marker.js';
import { nameKey, type ShortNames, shortNames } from '../look/short-names.js';
import { textWidth, titleWidth } from '../look/text-width.js';
import { element, type Markup } from '../markup/markup.js';
import { fittingScale, horizontalAxis, type Plane, verticalGrid } from './frame.js';
import { extent, linearScale } from './scale.js';

/** All values of one group. */
export interface BoxRow {
  readonly name: string;
  /** Those that are not finite are left out. */
  readonly values: readonly number[];
  readonly colour: number;
}

/** Groups of values side by side. */
export interface BoxPlot {
  readonly title: string;
  /**
   * Small multiples: the same groups again, such as on each benchmark, each panel with a scale of
   * its own. One panel needs no title.
   */
  readonly panels: readonly { readonly title?: string; readonly rows: readonly BoxRow[] }[];
  /** Name of the axis of values. */
  readonly valueName: string;
  /** Name of the axis of groups, written above their names. Default: none. */
  readonly groupName?: string;
  /** What is left out or else to be known, below. */
  readonly note?: string;
  /**
   * Of one panel with its names; default 720 pixels. Small multiples are as wide as five of them
   * need.
   */
  readonly width?: number;
}

// With fewer values quartiles mean little: only the points are drawn.
const fewestForBox = 5;
const panelWidth = 200;
const gap = 24;
const mostAcross = 5;

/**
 * Rows from top to bottom: every value as a mark, and from five values on a box from the lower to
 * the upper quartile with the median in it and whiskers to the last values within 1.5 times its
 * width (Tukey 1977). Panels stand in rows that share the names to their left.
 */
export function boxPlot(plot: BoxPlot): Figure {
  const { title, panels, valueName, groupName, note, width = 720 } = plot;
  const names = panels[0]?.rows.map(({ name }) => name) ?? [];
  const short = shortNames(names, panels.length > 1 ? 140 : 220);
  const rowHeight = names.length > 15 ? (panels.length > 1 ? 14 : 18) : 26;
  const left = Math.max(40, ...names.map((name) => textWidth(short.of(name))), textWidth(groupName ?? '')) + 14;
  const several = panels.length > 1;
  const across = Math.max(1, Math.min(mostAcross, panels.length));
  const inner = several ? panelWidth : Math.max(120, width - left - 20);
  const total = Math.max(left + across * (inner + gap) + 4, titleWidth(title));
  const panelHeight = names.length * rowHeight + 30 + 42;
  const top = several || groupName !== undefined ? 30 : 10;
  const drawn = panels.map(({ title: name, rows }, index) => {
    const [column, row] = [index % across, Math.floor(index / across)];
    const y = top + row * panelHeight + 24;
    const x = left + column * (inner + gap);
    const plane: Plane = { left: x, right: x + inner, top: y, bottom: y + names.length * rowHeight };
    return [
      name === undefined ? undefined : panelTitle(name, plane),
      column === 0 ? rowNames(names, short, plane, rowHeight, groupName) : undefined,
      drawPanel(rows, plane, rowHeight, valueName),
    ];
  });
  const lines = Math.ceil(panels.length / across);
  const bottom = top + lines * panelHeight;
  const key = nameKey(short, total - 12);
  return figure(
    {
      width: total,
      height: bottom + (note === undefined ? 0 : 18) + key.height,
      title,
      data: boxData(plot),
    },
    element('text', { class: 'title', x: 0, y: 16 }, title),
    drawn,
    note === undefined ? undefined : element('text', { class: 'muted', x: 0, y: bottom + 10, 'font-size': 11 }, note),
    element('g', { transform: `translate(0 ${bottom + (note === undefined ? 0 : 18)})` }, key.items),
  );
}

function boxData({ panels }: BoxPlot) {
  const several = panels.length > 1;
  return {
    columns: [...(several ? ['panel'] : []), 'group', 'value'],
    rows: panels.flatMap(({ title = '', rows }) =>
      rows.flatMap(({ name, values }) => values.map((value) => [...(several ? [title] : []), name, value])),
    ),
  };
}

function panelTitle(name: string, { left, right, top }: Plane): Markup {
  const short = shortNames([name], right - left);
  const whole = element('title', {}, name);
  return element('text', { class: 'title', x: left, y: top - 8 }, short.of(name), whole);
}

function rowNames(
  names: readonly string[],
  short: ShortNames,
  { left, top }: Plane,
  rowHeight: number,
  groupName: string | undefined,
): Markup[] {
  const size = rowHeight < 16 ? 11 : 12;
  const heading =
    groupName === undefined
      ? []
      : [element('text', { class: 'muted', x: left - 10, y: top - 8, 'text-anchor': 'end' }, groupName)];
  return [
    ...heading,
    ...names.map((name, row) =>
      element(
        'text',
        { x: left - 10, y: top + (row + 0.5) * rowHeight + 4, 'text-anchor': 'end', 'font-size': size },
        short.of(name),
        short.of(name) === name ? undefined : element('title', {}, name),
      ),
    ),
  ];
}

function drawPanel(rows: readonly BoxRow[], plane: Plane, rowHeight: number, valueName: string): Markup {
  const finite = rows.map((row) => ({ ...row, values: row.values.filter(Number.isFinite) }));
  const domain = extent(finite.flatMap(({ values }) => values));
  if (domain === undefined) {
    const middle = { class: 'muted', x: (plane.left + plane.right) / 2, y: (plane.top + plane.bottom) / 2 + 4 };
    return element('text', { ...middle, 'text-anchor': 'middle' }, 'no values');
  }
  const margin = (domain[1] - domain[0]) * 0.03;
  const x = fittingScale(
    (about) => linearScale([domain[0] - margin, domain[1] + margin], [plane.left, plane.right], about),
    plane,
  );
  const r = Math.min(3.4, rowHeight * 0.16);
  const drawn = finite.map(({ name, values, colour }, index) => {
    const y = plane.top + (index + 0.5) * rowHeight;
    return element(
      'g',
      {},
      values.length < fewestForBox ? undefined : box(values, y, rowHeight * 0.32, x.position),
      values.map((value) =>
        marker(
          colour,
          { x: x.position(value), y, r },
          element('title', {}, `${name}: ${Number(value.toPrecision(6))}`),
        ),
      ),
    );
  });
  return element('g', {}, verticalGrid(plane, x), horizontalAxis(plane, x, valueName), drawn);
}

function box(values: readonly number[], y: number, half: number, position: (value: number) => number): Markup {
  const [lower, middle, upper] = [0.25, 0.5, 0.75].map((share) => quantile(values, share)) as [number, number, number];
  const reach = 1.5 * (upper - lower);
  const [low, high] = extent([
    ...values.filter((value) => value >= lower - reach && value <= upper + reach),
    lower,
    upper,
  ]) ?? [lower, upper];
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
