import { type Figure, figure } from '../figure/figure.js';
import { seriesClass } from '../look/figure-style.js';
import { marker } from '../look/marker.js';
import { formatFixed, formatPercent } from '../look/numbers.js';
import { nameKey, shortNames } from '../look/short-names.js';
import { textWidth } from '../look/text-width.js';
import { element } from '../markup/markup.js';
import { fittingScale, horizontalAxis, type Plane, verticalGrid, withUnit } from './frame.js';
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

/**
 * Rows from top to bottom: every score as a dot, the mean as a bar, the standard deviation as a
 * whisker to both sides.
 */
export function intervalPlot(title: string, rows: readonly IntervalRow[], width = 720): Figure {
  const short = shortNames(
    rows.map(({ name }) => name),
    220,
  );
  const left = Math.max(60, ...rows.map((row) => textWidth(short.of(row.name)))) + 14;
  const rowHeight = 34;
  const plane: Plane = { left, right: width - 150, top: 12, bottom: 12 + rows.length * rowHeight };
  const key = nameKey(short, width - 12);
  const height = plane.bottom + 42 + key.height;
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
  const x = fittingScale(
    (about) => withUnit(linearScale([domain[0] - margin, domain[1] + margin], [plane.left, plane.right], about), ' %'),
    plane,
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
      element('text', { x: left - 12, y: y + 4, 'text-anchor': 'end' }, short.of(row.name)),
      element('path', { class: `whisker ${colour}`, d: whisker(low, high, y) }),
      element('line', { class: `whisker ${colour}`, x1: at(row.mean), x2: at(row.mean), y1: y - 9, y2: y + 9 }),
      row.scores.map((score) =>
        marker(row.colour, { x: at(score), y, r: 4.2 }, element('title', {}, `${row.name}: ${formatPercent(score)}`)),
      ),
      element(
        'text',
        { x: plane.right + 14, y: y + 4 },
        row.scores.length > 1
          ? `${formatFixed(100 * row.mean, 2)} ± ${formatPercent(row.standardDeviation)}`
          : formatPercent(row.mean),
      ),
    );
  });
  return figure(
    { width, height, title, data },
    verticalGrid(plane, x),
    horizontalAxis(plane, x, title),
    drawn,
    element('g', { transform: `translate(0 ${plane.bottom + 42})` }, key.items),
  );
}

function whisker(low: number, high: number, y: number): string {
  const [a, b, top, bottom] = [low.toFixed(1), high.toFixed(1), (y - 5).toFixed(1), (y + 5).toFixed(1)];
  return `M${a} ${y.toFixed(1)}H${b}M${a} ${top}V${bottom}M${b} ${top}V${bottom}`;
}
