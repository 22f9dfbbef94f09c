import type { Plane } from '../charts/frame.js';
import { linearScale } from '../charts/scale.js';
import { type Figure, figure } from '../figure/figure.js';
import { formatFixed } from '../look/numbers.js';
import { nameKey, shortNames } from '../look/short-names.js';
import { textWidth, titleWidth } from '../look/text-width.js';
import { element, type Markup } from '../markup/markup.js';
import { assignLanes } from './lanes.js';

/** Methods by average rank, with bars over those a test does not tell apart. */
export interface CriticalDifferenceDiagram {
  readonly title: string;
  readonly methods: readonly { readonly name: string; readonly averageRank: number }[];
  /** Positions in `methods`; at least two each. */
  readonly cliques: readonly (readonly number[])[];
  /** Drawn as a ruler above the axis; absent for tests that have none. */
  readonly criticalDifference?: number;
  /** Name of the axis. Default: none is written. */
  readonly rankName?: string;
  /** What the bars mean, such as `Nemenyi, α = 0.05`. */
  readonly note?: string;
}

const rowHeight = 19;
const laneHeight = 8;

/**
 * Demšar's diagram (2006, figure 1): average ranks on an axis with the best to the right, names to
 * both sides, a thick bar over each group that the test does not tell apart. The axis grows with
 * the number of methods, so that 40 can be read as well as 3.
 */
export function criticalDifferenceDiagram(diagram: CriticalDifferenceDiagram): Figure {
  const count = diagram.methods.length;
  const order = diagram.methods
    .map((method, index) => ({ ...method, index }))
    .sort((a, b) => a.averageRank - b.averageRank || a.index - b.index);
  const short = shortNames(
    order.map(({ name }) => name),
    190,
  );
  const label = Math.max(...order.map(({ name }) => textWidth(short.of(name)) + 52), 60);
  const axisWidth = Math.min(900, Math.max(420, count * 34));
  const [left, right] = [label + 14, label + 14 + axisWidth];
  const top = 30 + (diagram.criticalDifference === undefined ? 12 : 44) + (diagram.rankName === undefined ? 0 : 16);
  const x = linearScale([1, Math.max(2, count)], [right, left], Math.min(count, 10));
  const lanes = assignLanes(
    diagram.cliques.map((clique) => {
      const ranks = clique.map((index) => diagram.methods[index]?.averageRank ?? 1);
      return { start: x.position(Math.max(...ranks)) - 5, end: x.position(Math.min(...ranks)) + 5, clique };
    }),
    8,
  );
  const laneCount = lanes.reduce((most, { lane }) => Math.max(most, lane + 1), 0);
  const firstRow = top + 12 + laneCount * laneHeight + 14;
  const bestHalf = Math.ceil(count / 2);
  const elbows = order.map((method, place) => {
    const best = place < bestHalf;
    const row = best ? place : count - 1 - place;
    const y = firstRow + row * rowHeight;
    const at = x.position(method.averageRank);
    const edge = best ? right + 10 : left - 10;
    const anchor = best ? 'start' : 'end';
    const rank = formatFixed(method.averageRank, 2);
    const nameAt = best ? edge + 46 : edge - 46;
    return element(
      'g',
      {},
      element('title', {}, `${method.name}: average rank ${rank}`),
      element('path', { class: 'elbow', d: `M${at.toFixed(1)} ${top}V${y.toFixed(1)}H${edge}` }),
      element(
        'text',
        { class: 'muted', x: best ? edge + 4 : edge - 4, y: y + 4, 'text-anchor': anchor, 'font-size': 11 },
        rank,
      ),
      element('text', { x: nameAt, y: y + 4, 'text-anchor': anchor }, short.of(method.name)),
    );
  });
  const bars = lanes.map(({ start, end, lane, clique }) => {
    const y = top + 12 + lane * laneHeight;
    const names = clique.map((index) => diagram.methods[index]?.name ?? '').join(', ');
    return element(
      'line',
      { class: 'clique', x1: start, x2: end, y1: y, y2: y },
      element('title', {}, `not told apart: ${names}`),
    );
  });
  const rows = Math.max(bestHalf, count - bestHalf);
  const bottom = firstRow + rows * rowHeight;
  const plane: Plane = { left, right, top, bottom };
  const width = Math.max(right + label + 14, titleWidth(diagram.title), left + textWidth(diagram.note ?? '', 11));
  const end = bottom + (diagram.note === undefined ? 0 : 18);
  const key = nameKey(short, width - 12);
  return figure(
    {
      width,
      height: end + key.height,
      title: diagram.title,
      data: {
        columns: ['method', 'average rank', 'groups not told apart'],
        rows: order.map(({ name, averageRank, index }) => [name, averageRank, groupsOf(diagram, index)]),
      },
    },
    element('text', { class: 'title', x: 0, y: 16 }, diagram.title),
    rankAxis(plane, rankTicks(count, x.ticks), x.position, diagram.rankName),
    ruler(diagram, plane, x.position),
    elbows,
    bars,
    diagram.note === undefined
      ? undefined
      : element('text', { class: 'muted', x: left, y: bottom + 12, 'font-size': 11 }, diagram.note),
    element('g', { transform: `translate(0 ${end.toFixed(1)})` }, key.items),
  );
}

function groupsOf({ cliques }: CriticalDifferenceDiagram, method: number): string {
  return cliques.flatMap((clique, group) => (clique.includes(method) ? [group + 1] : [])).join(' ');
}

/**
 * Whole ranks, the first and the last among them; of two methods the middle too, so that there are
 * three.
 */
function rankTicks(count: number, round: readonly number[]): readonly number[] {
  if (count <= 2) return [1, 1.5, 2];
  const inner = round.filter((tick) => Number.isInteger(tick) && tick > 1 && tick < count);
  const last = inner.at(-1);
  const crowded = last !== undefined && inner.length > 1 && count - last < (inner[1] ?? 0) - (inner[0] ?? 0);
  return [1, ...(crowded ? inner.slice(0, -1) : inner), count];
}

function rankAxis(
  { left, right, top }: Plane,
  ticks: readonly number[],
  position: (rank: number) => number,
  name: string | undefined,
): Markup {
  return element(
    'g',
    {},
    element('line', { class: 'axis', x1: left, x2: right, y1: top, y2: top }),
    ticks.map((tick) => [
      element('line', { class: 'axis', x1: position(tick), x2: position(tick), y1: top - 6, y2: top }),
      element('text', { class: 'muted', x: position(tick), y: top - 10, 'text-anchor': 'middle' }, tick),
    ]),
    name === undefined
      ? undefined
      : element('text', { class: 'muted', x: (left + right) / 2, y: top - 26, 'text-anchor': 'middle' }, name),
  );
}

/** The critical difference as a length; one wider than the axis is cut, and says so. */
function ruler(
  { criticalDifference, rankName }: CriticalDifferenceDiagram,
  { left, right, top }: Plane,
  position: (rank: number) => number,
): Markup | undefined {
  if (criticalDifference === undefined) return undefined;
  const length = Math.abs(position(2) - position(1)) * criticalDifference;
  const cut = length > right - left;
  const [start, end, y] = [cut ? left : right - length, right, top - (rankName === undefined ? 32 : 48)];
  const text = `CD = ${criticalDifference.toFixed(2)}${cut ? ', wider than the axis' : ''}`;
  const ends = cut ? `M${end} ${y - 4}V${y + 4}` : `M${start.toFixed(1)} ${y - 4}V${y + 4}M${end} ${y - 4}V${y + 4}`;
  const wide = textWidth(text, 12) < end - start;
  return element(
    'g',
    {},
    element('path', { class: 'significant', d: `M${start.toFixed(1)} ${y}H${end}${ends}` }),
    element('text', { x: wide ? (start + end) / 2 : end, y: y - 7, 'text-anchor': wide ? 'middle' : 'end' }, text),
  );
}
