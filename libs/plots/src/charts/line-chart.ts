import { seriesClass } from '../look/figure-style.js';
import { element, type Markup } from '../markup/markup.js';
import { figure, horizontalAxis, type Plane, verticalAxis } from './frame.js';
import { extent, linearScale, type Scale } from './scale.js';

/** One line. Points whose value is not finite leave a gap. */
export interface Series {
  readonly name: string;
  /** `[x, y]`, x ascending. */
  readonly points: readonly (readonly [x: number, y: number])[];
  /** Which colour and dash; series of one kind may share one. */
  readonly colour: number;
}

/** A chart of lines over a common axis. */
export interface LineChart {
  readonly title: string;
  readonly series: readonly Series[];
  /** Default 360 pixels. */
  readonly width?: number;
  /** Default 210 pixels. */
  readonly height?: number;
  /** Name of the x axis; default: none is written. */
  readonly xName?: string;
  /** Values are fractions and are written as per cent. Default false. */
  readonly percent?: boolean;
  /** Least and greatest y; default: those of the data. */
  readonly yDomain?: readonly [number, number];
}

/** Draws the chart; without a single finite value, a frame that says so. Each point tells its values on hover. */
export function lineChart(chart: LineChart): Markup {
  const width = chart.width ?? 360;
  const height = chart.height ?? 210;
  const plane: Plane = { left: 46, right: width - 12, top: 30, bottom: height - (chart.xName === undefined ? 26 : 42) };
  const title = element('text', { class: 'title', x: plane.left, y: 16 }, chart.title);
  const xDomain = extent(chart.series.flatMap((series) => series.points.map((point) => point[0])));
  const yDomain = chart.yDomain ?? extent(chart.series.flatMap((series) => series.points.map((point) => point[1])));
  if (xDomain === undefined || yDomain === undefined) {
    const middle = { class: 'muted', x: (plane.left + plane.right) / 2, y: (plane.top + plane.bottom) / 2 };
    return figure(
      width,
      height,
      chart.title,
      title,
      element('text', { ...middle, 'text-anchor': 'middle' }, 'no values'),
    );
  }
  const factor = chart.percent ? 100 : 1;
  const x = linearScale(xDomain, [plane.left, plane.right], Math.min(8, Math.max(1, xDomain[1] - xDomain[0])));
  const y = linearScale([yDomain[0] * factor, yDomain[1] * factor], [plane.bottom, plane.top], 4);
  const format = (value: number) => `${value.toFixed(y.decimals)}${chart.percent ? ' %' : ''}`;
  return figure(
    width,
    height,
    chart.title,
    title,
    verticalAxis(plane, y, format),
    horizontalAxis(plane, x, chart.xName),
    ...chart.series.map((series) => drawSeries(series, x, y, factor)),
  );
}

function drawSeries(series: Series, x: Scale, y: Scale, factor: number): Markup {
  const colour = seriesClass(series.colour);
  let path = '';
  let pen = 'M';
  for (const [at, value] of series.points) {
    if (!Number.isFinite(value)) {
      pen = 'M';
      continue;
    }
    path += `${pen}${x.position(at).toFixed(1)} ${y.position(value * factor).toFixed(1)}`;
    pen = 'L';
  }
  return element(
    'g',
    {},
    path === '' ? undefined : element('path', { class: `line ${colour}`, d: path }),
    series.points
      .filter((point) => Number.isFinite(point[1]))
      .map(([at, value]) =>
        element(
          'circle',
          { class: `mark ${colour}`, cx: x.position(at), cy: y.position(value * factor), r: 2.4 },
          element(
            'title',
            {},
            `${series.name}, ${at}: ${(value * factor).toPrecision(4)}${factor === 100 ? ' %' : ''}`,
          ),
        ),
      ),
  );
}
