import { type Figure, figure } from '../figure/figure.js';
import { marker } from '../look/marker.js';
import { seriesNumbers } from '../look/series-numbers.js';
import { textWidth } from '../look/text-width.js';
import { element, type Markup } from '../markup/markup.js';
import { axisRoom, fittingScale, horizontalAxis, type Plane, verticalAxis } from './frame.js';
import { legendItems } from './legend.js';
import { extent, linearScale, type Scale, scaleOf } from './scale.js';

export interface ScatterPoint {
  readonly x: number;
  readonly y: number;
  /** Told on hover, and written beside the point where there is room. */
  readonly label?: string;
  /** Points of a group share a colour. Default: the figure's only group, without a legend. */
  readonly group?: string;
}

/** Points of two measures, such as parameters and accuracy. */
export interface ScatterPlot {
  readonly title: string;
  readonly xName: string;
  readonly yName: string;
  readonly points: readonly ScatterPoint[];
  /** Default `linear`; `log` needs x above 0. */
  readonly xScale?: 'linear' | 'log';
  /**
   * Positions in `points` of the Pareto front, in order of x: joined by a line of steps that rise
   * before they go on.
   */
  readonly front?: readonly number[];
  /** Such as `τ = 0.71, p = 0.002`, under the title. */
  readonly note?: string;
  /** Which colour and marker each group has. Default: `seriesNumbers` of the groups. */
  readonly colours?: ReadonlyMap<string, number>;
  /** Default 480 pixels. */
  readonly width?: number;
}

// More labels than this would cover each other.
const mostLabels = 48;
// Beyond so many groups marks come again.
const mostGroups = 49;

export function scatterPlot(plot: ScatterPlot): Figure {
  const { title, xName, yName, points, note, width = 480 } = plot;
  const groups = [...new Set(points.flatMap(({ group }) => group ?? []))];
  const colours = plot.colours ?? seriesNumbers(groups);
  const below =
    groups.length > 1 && groups.length <= mostGroups
      ? legendItems(
          groups.map((name) => ({ name, colour: colours.get(name) ?? 0 })),
          width - 24,
          'mark',
        )
      : undefined;
  const height = 340;
  const data = {
    columns: ['label', 'group', xName, yName, 'on the front'],
    rows: points.map(({ x, y, label, group }, at) => [
      label ?? '',
      group ?? '',
      x,
      y,
      plot.front?.includes(at) ? 'yes' : '',
    ]),
  };
  const frame = { width, height: height + (below?.height ?? 0), title, data };
  const heading = [
    element('text', { class: 'title', x: 12, y: 16 }, title),
    note === undefined ? undefined : element('text', { class: 'muted', x: 12, y: 32 }, note),
  ];
  const finite = points.filter(({ x, y }) => Number.isFinite(x) && Number.isFinite(y));
  const [xDomain, yDomain] = [extent(finite.map(({ x }) => x)), extent(finite.map(({ y }) => y))];
  if (xDomain === undefined || yDomain === undefined) {
    return figure(frame, heading, element('text', { class: 'muted', x: width / 2, y: height / 2 }, 'no values'));
  }
  const top = 62;
  const bottom = height - 42;
  const y = linearScale(padded(yDomain), [bottom, top], 5);
  const plane: Plane = { left: axisRoom(y), right: width - 16, top, bottom };
  const log = plot.xScale === 'log' && xDomain[0] > 0;
  const domain = log ? ([xDomain[0] / 1.1, xDomain[1] * 1.1] as const) : padded(xDomain);
  const x = fittingScale((about) => scaleOf(log ? 'log' : 'linear', domain, [plane.left, plane.right], about), plane);
  return figure(
    frame,
    heading,
    verticalAxis(plane, y, yName),
    horizontalAxis(plane, x, log || plot.xScale !== 'log' ? xName : `${xName} (linear: some values are not above 0)`),
    frontLine(plot, x, y, plane),
    finite.map((point) => mark(point, colours.get(point.group ?? '') ?? 0, x, y)),
    finite.length > mostLabels ? undefined : labels(finite, x, y, plane),
    below && element('g', { transform: `translate(12 ${height + 4})` }, below.items),
  );
}

function padded([low, high]: readonly [number, number]): [number, number] {
  const by = (high - low) * 0.04;
  return [low - by, high + by];
}

function mark({ x, y, label = '', group = '' }: ScatterPoint, colour: number, scaleX: Scale, scaleY: Scale): Markup {
  const name = [label, group].filter((part) => part !== '').join(', ');
  const words = `${name === '' ? '' : `${name}: `}${Number(x.toPrecision(6))}, ${Number(y.toPrecision(6))}`;
  return marker(colour, { x: scaleX.position(x), y: scaleY.position(y), r: 4 }, element('title', {}, words));
}

/**
 * Each label beside its point, on the side where it stays inside; labels that would cover an
 * earlier one are left to hovering.
 */
function labels(points: readonly ScatterPoint[], x: Scale, y: Scale, plane: Plane): Markup[] {
  const taken = points.map((point) => {
    const at = x.position(point.x);
    return { left: at - 4, right: at + 4, y: y.position(point.y) + 5 };
  });
  return points.flatMap((point) => {
    const label = point.label ?? point.group ?? '';
    if (label === '') return [];
    const wide = textWidth(label, 11);
    const [px, py] = [x.position(point.x), y.position(point.y)];
    const after = px + 8 + wide <= plane.right;
    const left = after ? px + 8 : px - 8 - wide;
    const covered = taken.some(
      (other) => Math.abs(other.y - py) < 11 && left < other.right && left + wide > other.left,
    );
    if (covered) return [];
    taken.push({ left, right: left + wide, y: py });
    return [
      element(
        'text',
        { x: after ? px + 7 : px - 7, y: py - 3, 'text-anchor': after ? 'start' : 'end', 'font-size': 11 },
        label,
      ),
    ];
  });
}

function frontLine({ front, points }: ScatterPlot, x: Scale, y: Scale, plane: Plane): Markup | undefined {
  const corners = (front ?? []).flatMap((at) => points[at] ?? []);
  const first = corners[0];
  if (first === undefined) return undefined;
  const at = (value: number, scale: Scale) => scale.position(value).toFixed(1);
  const steps = corners.slice(1).map((point) => `H${at(point.x, x)}V${at(point.y, y)}`);
  return element('path', { class: 'front', d: `M${at(first.x, x)} ${at(first.y, y)}${steps.join('')}H${plane.right}` });
}
