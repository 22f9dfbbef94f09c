import { type Figure, figure } from '../figure/figure.js';
import { seriesClass } from '../look/figure-style.js';
import { element, type Markup } from '../markup/markup.js';
import { horizontalAxis, type Plane, verticalAxis } from './frame.js';
import { legendItems } from './legend.js';
import { extent, linearScale, type Scale, scaleOf } from './scale.js';

/** One line. Points whose value is not finite leave a gap. */
export interface Series {
  readonly name: string;
  /** `[x, y]`, x ascending. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Which colour and dash; series of one kind may share one. */
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
  /** Default `linear`; `log` needs x above 0. */
  readonly xScale?: 'linear' | 'log';
  /** Values are fractions and are written as per cent. Default false. */
  readonly percent?: boolean;
  /** Least and greatest y; default: those of the data. */
  readonly yDomain?: readonly [number, number];
  /** How points are joined: by straight lines (default), or `steps` that keep each value until the next x. */
  readonly line?: 'straight' | 'steps';
  /** Whether a legend stands below. Default false: one legend may serve several charts. */
  readonly legend?: boolean;
}

// More points than this are a line of their own; marks would hide it.
const mostMarks = 60;
// More lines than this hide each other's bands and marks, which are then left to hovering.
const mostBands = 12;

/** Draws the chart; without a single finite value, a frame that says so. Each point tells its values on hover. */
export function lineChart(chart: LineChart): Figure {
  const width = chart.width ?? 360;
  const plotHeight = chart.height ?? 210;
  const bottom = plotHeight - (chart.xName === undefined ? 26 : 42);
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
  const scaleY = (low: number) => linearScale([yDomain[0] * factor, yDomain[1] * factor], [low, 30], 4);
  const format = (value: number) => `${value.toFixed(scaleY(0).decimals)}${chart.percent ? ' %' : ''}`;
  const left = Math.max(46, ...scaleY(0).ticks.map((tick) => 12 + 7 * format(tick).length));
  const plane: Plane = { left, right: width - 12, top: 30, bottom };
  const { xScale = 'linear', line = 'straight' } = chart;
  const spread = xDomain[1] - xDomain[0];
  // Whole numbers that are few, such as epochs, get a tick each.
  const ticks = xScale === 'log' || spread < 2 ? 6 : Math.min(8, spread);
  const x = scaleOf(xScale, xDomain, [plane.left, plane.right], ticks);
  const y = scaleY(bottom);
  const drawing: Drawing = { x, y, factor, line, crowded: chart.series.length > mostBands };
  return figure(
    frame,
    titleOf(chart, plane.left),
    verticalAxis(plane, y, format),
    horizontalAxis(plane, x, chart.xName),
    drawing.crowded ? undefined : chart.series.map((series) => drawBand(series, drawing)),
    chart.series.map((series) => drawSeries(series, drawing)),
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

function drawBand({ band, colour }: Series, { x, y, factor, line }: Drawing): Markup | undefined {
  if (band === undefined || band.length === 0) return undefined;
  const at = (value: number) => y.position(value * factor).toFixed(1);
  const edge = (points: readonly (readonly [number, number])[]) =>
    points.map(([px, value]) => `${x.position(px).toFixed(1)} ${at(value)}`);
  const high = held(
    band.map(([px, , value]) => [px, value] as const),
    line,
  );
  const low = held(
    band.map(([px, value]) => [px, value] as const),
    line,
  );
  return element('path', {
    class: `area ${seriesClass(colour)}`,
    d: `M${[...edge(high), ...edge(low).reverse()].join('L')}Z`,
  });
}

/** With `steps`, each value is held until the next x, as the line does. */
function held(
  points: readonly (readonly [number, number])[],
  line: 'straight' | 'steps',
): (readonly [number, number])[] {
  if (line === 'straight') return [...points];
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    return before === undefined ? [point] : [[point[0], before[1]] as const, point];
  });
}

interface Drawing {
  readonly x: Scale;
  readonly y: Scale;
  readonly factor: number;
  readonly line: 'straight' | 'steps';
  readonly crowded: boolean;
}

function drawSeries(series: Series, { x, y, factor, line, crowded }: Drawing): Markup {
  const colour = seriesClass(series.colour);
  let path = '';
  let pen = 'M';
  for (const [at, value] of series.points) {
    if (!Number.isFinite(value)) {
      pen = 'M';
      continue;
    }
    const [px, py] = [x.position(at).toFixed(1), y.position(value * factor).toFixed(1)];
    path += pen === 'L' && line === 'steps' ? `H${px}V${py}` : `${pen}${px} ${py}`;
    pen = 'L';
  }
  // Corners tell where steps are; marks on them would break the line. They stay for hovering.
  const hidden = crowded || line === 'steps';
  const finite = series.points.filter((point) => Number.isFinite(point[1]));
  return element(
    'g',
    {},
    path === '' ? undefined : element('path', { class: `line ${colour}`, d: path }),
    finite.map(([at, value]) =>
      element(
        'circle',
        {
          class: `mark ${colour}`,
          cx: x.position(at),
          cy: y.position(value * factor),
          r: finite.length > mostMarks ? 1.4 : 2.4,
          'fill-opacity': hidden ? 0 : undefined,
          'stroke-opacity': hidden ? 0 : undefined,
        },
        element('title', {}, `${series.name}, ${at}: ${(value * factor).toPrecision(4)}${factor === 100 ? ' %' : ''}`),
      ),
    ),
  );
}
