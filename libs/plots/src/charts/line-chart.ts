import { type Figure, figure } from '../figure/figure.js';
import { seriesClass } from '../look/figure-style.js';
import { hoverPoint, marker } from '../look/marker.js';
import { titleWidth } from '../look/text-width.js';
import { element, type Markup } from '../markup/markup.js';
import { axisRoom, fittingScale, horizontalAxis, type Plane, verticalAxis, withUnit } from './frame.js';
import { legendItems } from './legend.js';
import { extent, linearScale, type Scale, scaleOf } from './scale.js';

/** One line. Points whose value is not finite leave a gap. */
export interface Series {
  readonly name: string;
  /** `[x, y]`, x ascending. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Which colour, dash and marker; series of one kind may share one. */
  readonly colour: number;
  /** A shaded range around the line, such as quartiles. */
  readonly band?: readonly (readonly [x: number, low: number, high: number])[];
}

/** A chart of lines over a common axis. */
export interface LineChart {
  readonly title: string;
  readonly series: readonly Series[];
  /** Default 360 pixels. */
  readonly width?: number;
  /** Default 210 pixels, without the legend. */
  readonly height?: number;
  /** Name of the x axis; default: none is written. */
  readonly xName?: string;
  /** Name of the y axis; default: none is written. */
  readonly yName?: string;
  /** Default `linear`; `log` needs x above 0, and is linear otherwise, which the axis then says. */
  readonly xScale?: 'linear' | 'log';
  /** Values are fractions and are written as per cent. Default false. */
  readonly percent?: boolean;
  /** Least and greatest y; default: those of the data. */
  readonly yDomain?: readonly [number, number];
  /**
   * How points are joined: by straight lines (default), or `steps` that keep each value until the
   * next x.
   */
  readonly line?: 'straight' | 'steps';
  /** Whether a legend stands below. Default false: one legend may serve several charts. */
  readonly legend?: boolean;
}

// More marks than this in a chart hide the lines: they are spaced out.
const mostMarks = 60;
// Pixels between the marks of a line that has not one for each point.
const markSpacing = 90;
// More lines than this hide each other's bands.
const mostBands = 12;
// More points than this tell nothing on hover: the table beside the figure has them all.
const mostHovered = 3000;

/**
 * Draws the chart; without a single finite value, a frame that says so. Each point tells its values
 * on hover.
 */
export function lineChart(chart: LineChart): Figure {
  const width = Math.max(chart.width ?? 360, titleWidth(chart.title) + 12);
  const plotHeight = chart.height ?? 210;
  const bottom = plotHeight - (chart.xName === undefined ? 26 : 42);
  const top = chart.yName === undefined ? 30 : 48;
  const entries = chart.legend ? distinct(chart.series) : [];
  const below = entries.length === 0 ? undefined : legendItems(entries, width - 24);
  const frame = { width, height: plotHeight + (below?.height ?? 0), title: chart.title, data: chartData(chart) };
  const ys = chart.series.flatMap(({ points, band = [] }) => [
    ...points.map((point) => point[1]),
    ...band.flatMap((edge) => edge.slice(1)),
  ]);
  const xDomain = extent(chart.series.flatMap((series) => series.points.map((point) => point[0])));
  const yDomain = chart.yDomain ?? extent(ys);
  if (xDomain === undefined || yDomain === undefined) {
    const middle = { class: 'muted', x: width / 2, y: plotHeight / 2 };
    return figure(frame, titleOf(chart, 12), element('text', { ...middle, 'text-anchor': 'middle' }, 'no values'));
  }
  const factor = chart.percent ? 100 : 1;
  const unit = chart.percent ? ' %' : '';
  const y = withUnit(linearScale([yDomain[0] * factor, yDomain[1] * factor], [bottom, top], 4), unit);
  const plane: Plane = { left: axisRoom(y), right: width - 16, top, bottom };
  const { xScale = 'linear', line = 'straight' } = chart;
  const x = fittingScale((about) => scaleOf(xScale, xDomain, [plane.left, plane.right], about), plane);
  const asked = xScale === 'log' && xDomain[0] <= 0 ? ' (linear: some values are not above 0)' : '';
  const xName = chart.xName === undefined ? undefined : `${chart.xName}${asked}`;
  const total = chart.series.reduce((sum, { points }) => sum + points.length, 0);
  const drawing = {
    x,
    y,
    factor,
    unit,
    line,
    spaced: total > mostMarks || line === 'steps',
    hover: total <= mostHovered,
  };
  return figure(
    frame,
    titleOf(chart, 12),
    verticalAxis(plane, y, chart.yName),
    horizontalAxis(plane, x, xName),
    chart.series.length > mostBands ? undefined : chart.series.map((series) => drawBand(series, drawing)),
    chart.series.map((series) => drawLine(series, drawing)),
    chart.series.map((series, index) => drawMarks(series, drawing, index / chart.series.length)),
    below && element('g', { transform: `translate(12 ${plotHeight + 4})` }, below.items),
  );
}

function titleOf({ title }: LineChart, x: number): Markup {
  return element('text', { class: 'title', x, y: 16 }, title);
}

function distinct(series: readonly Series[]): readonly Series[] {
  return [...new Map(series.map((each) => [each.name, each])).values()];
}

function chartData({ series, xName = 'x' }: LineChart) {
  const banded = series.some(({ band }) => band !== undefined);
  return {
    columns: ['series', xName, 'value', ...(banded ? ['low', 'high'] : [])],
    rows: series.flatMap(({ name, points, band }) =>
      points.map(([x, y], at) => [name, x, y, ...(banded ? [band?.[at]?.[1] ?? null, band?.[at]?.[2] ?? null] : [])]),
    ),
  };
}

interface Drawing {
  readonly x: Scale;
  readonly y: Scale;
  readonly factor: number;
  readonly unit: string;
  readonly line: 'straight' | 'steps';
  /** Whether marks stand apart, not on each point. */
  readonly spaced: boolean;
  readonly hover: boolean;
}

function drawBand({ band, colour }: Series, { x, y, factor, line }: Drawing): Markup | undefined {
  if (band === undefined || band.length === 0) return undefined;
  const edge = (points: readonly (readonly [number, number])[]) =>
    held(points, line).map(([px, value]) => `${x.position(px).toFixed(1)} ${y.position(value * factor).toFixed(1)}`);
  const high = edge(band.map(([px, , value]) => [px, value] as const));
  const low = edge(band.map(([px, value]) => [px, value] as const));
  return element('path', { class: `area ${seriesClass(colour)}`, d: `M${[...high, ...low.reverse()].join('L')}Z` });
}

/** With `steps`, each value is held until the next x, as the line does. */
function held(
  points: readonly (readonly [number, number])[],
  line: 'straight' | 'steps',
): readonly (readonly [number, number])[] {
  if (line === 'straight') return points;
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    return before === undefined ? [point] : [[point[0], before[1]] as const, point];
  });
}

function drawLine({ points, colour }: Series, { x, y, factor, line }: Drawing): Markup | undefined {
  let path = '';
  let pen = 'M';
  for (const [at, value] of points) {
    if (!Number.isFinite(value)) {
      pen = 'M';
      continue;
    }
    const [px, py] = [x.position(at).toFixed(1), y.position(value * factor).toFixed(1)];
    path += pen === 'L' && line === 'steps' ? `H${px}V${py}` : `${pen}${px} ${py}`;
    pen = 'L';
  }
  return path === '' ? undefined : element('path', { class: `line ${seriesClass(colour)}`, d: path });
}

/**
 * Marks that tell lines apart where colours do not: on each point, or where points are many, at
 * even distances that differ from line to line.
 *
 * @param phase from 0 to 1: which part of the distance the first mark is shifted by
 */
function drawMarks({ name, points, colour }: Series, drawing: Drawing, phase: number): Markup {
  const { x, y, factor, unit, spaced, hover } = drawing;
  let next = Number.NEGATIVE_INFINITY;
  const marks = points.flatMap(([at, value]) => {
    if (!Number.isFinite(value)) return [];
    const place = { x: x.position(at), y: y.position(value * factor) };
    const words = `${name}, ${at}: ${(value * factor).toPrecision(4)}${unit}`;
    if (!spaced) return [marker(colour, { ...place, r: 3 }, element('title', {}, words))];
    if (next === Number.NEGATIVE_INFINITY) next = place.x + phase * markSpacing;
    const due = place.x >= next;
    if (due) next = place.x + markSpacing;
    return [
      due
        ? marker(colour, { ...place, r: 3.4 }, element('title', {}, words))
        : hover
          ? hoverPoint({ ...place, r: 4 }, words)
          : [],
    ].flat();
  });
  return element('g', {}, marks);
}
