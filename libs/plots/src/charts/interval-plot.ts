import { type Figure, figure } from '../figure/figure.js';
import { seriesClass } from '../look/figure-style.js';
import { formatPercent } from '../look/numbers.js';
import { textWidth } from '../look/text-width.js';
import { element } from '../markup/markup.js';
import { horizontalAxis, type Plane } from './frame.js';
import { extent, linearScale } from './scale.js';

/** One row: all scores of one group, with their mean and standard deviation. */
export interface IntervalRow {
  readonly name: string;
  /** Fractions. */
  readonly scores: readonly number[];
  readonly mean: number;
  readonly standardDeviation: number;
  readonly colour: number;
}

/** Rows from top to bottom: every score as a dot, the mean as a bar, the standard deviation as a whisker to both sides. */
export function intervalPlot(title: string, rows: readonly IntervalRow[], width = 720): Figure {
  const left = Math.max(60, ...rows.map((row) => textWidth(row.name))) + 14;
  const rowHeight = 34;
  const plane: Plane = { left, right: width - 150, top: 12, bottom: 12 + rows.length * rowHeight };
  const height = plane.bottom + 42;
  const ends = rows.flatMap((row) => [
    ...row.scores,
    row.mean - row.standardDeviation,
    row.mean + row.standardDeviation,
  ]);
  const domain = extent(ends.map((end) => 100 * end));
  const data = {
    columns: ['row', 'score'],
    rows: rows.flatMap(({ name, scores }) => scores.map((score) => [name, score])),
  };
  if (domain === undefined) {
    return figure({ width, height: 30, title, data }, element('text', { class: 'muted', x: 0, y: 18 }, 'no scores'));
  }
  const margin = Math.max((domain[1] - domain[0]) * 0.06, 0.05);
  const x = linearScale([domain[0] - margin, domain[1] + margin], [plane.left, plane.right], 6);
  const grid = x.ticks.map((tick) =>
    element('line', { class: 'grid', x1: x.position(tick), x2: x.position(tick), y1: plane.top, y2: plane.bottom }),
  );
  const drawn = rows.map((row, index) => {
    const y = plane.top + (index + 0.5) * rowHeight;
    const colour = seriesClass(row.colour);
    const at = (fraction: number) => x.position(100 * fraction);
    const low = at(row.mean - row.standardDeviation);
    const high = at(row.mean + row.standardDeviation);
    return element(
      'g',
      {},
      element('text', { x: left - 12, y: y + 4, 'text-anchor': 'end' }, row.name),
      element('path', { class: `whisker ${colour}`, d: whisker(low, high, y) }),
      element('line', { class: `whisker ${colour}`, x1: at(row.mean), x2: at(row.mean), y1: y - 9, y2: y + 9 }),
      row.scores.map((score) =>
        element(
          'circle',
          { class: `mark ${colour}`, cx: at(score), cy: y, r: 4.2 },
          element('title', {}, `${row.name}: ${formatPercent(score)}`),
        ),
      ),
      element(
        'text',
        { x: plane.right + 14, y: y + 4 },
        row.scores.length > 1
          ? `${(100 * row.mean).toFixed(2)} ± ${(100 * row.standardDeviation).toFixed(2)} %`
          : formatPercent(row.mean),
      ),
    );
  });
  const format = (value: number) => `${value.toFixed(x.decimals)} %`;
  return figure({ width, height, title, data }, grid, horizontalAxis(plane, x, title, format), drawn);
}

function whisker(low: number, high: number, y: number): string {
  const [a, b, top, bottom] = [low.toFixed(1), high.toFixed(1), (y - 5).toFixed(1), (y + 5).toFixed(1)];
  return `M${a} ${y.toFixed(1)}H${b}M${a} ${top}V${bottom}M${b} ${top}V${bottom}`;
}
