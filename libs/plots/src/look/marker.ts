import { type Child, element, type Markup } from '../markup/markup.js';
import { seriesClass, seriesCount } from './figure-style.js';

/** Corners on the unit circle and its like, y downwards; the first shape is the circle itself. */
const shapes: readonly (readonly (readonly [number, number])[])[] = [
  [],
  polygon([-0.9, -0.9], [0.9, -0.9], [0.9, 0.9], [-0.9, 0.9]),
  polygon([0, -1.25], [1.15, 0.8], [-1.15, 0.8]),
  polygon([0, -1.35], [1.1, 0], [0, 1.35], [-1.1, 0]),
  polygon([0, 1.25], [1.15, -0.8], [-1.15, -0.8]),
  polygon(
    [-0.45, -1.25],
    [0.45, -1.25],
    [0.45, -0.45],
    [1.25, -0.45],
    [1.25, 0.45],
    [0.45, 0.45],
    [0.45, 1.25],
    [-0.45, 1.25],
    [-0.45, 0.45],
    [-1.25, 0.45],
    [-1.25, -0.45],
    [-0.45, -0.45],
  ),
  polygon([-0.6, -1.15], [0.6, -1.15], [1.25, 0], [0.6, 1.15], [-0.6, 1.15], [-1.25, 0]),
];

interface Place {
  readonly x: number;
  readonly y: number;
  /** Radius in pixels. */
  readonly r: number;
}

/**
 * The mark of the n-th series: seven shapes, filled and hollow by turns, so that with the dash of
 * its line each of 49 differs in grey. `children` such as a `title` go inside.
 */
export function marker(series: number, { x, y, r }: Place, ...children: Child[]): Markup {
  const block = Math.floor(series / seriesCount);
  const shape = shapes[series % shapes.length] ?? [];
  const name = `mark ${seriesClass(series)}${block % 2 === 1 ? ' hollow' : ''}`;
  if (shape.length === 0) return element('circle', { class: name, cx: x, cy: y, r }, ...children);
  const corners = shape.map(([dx, dy]) => `${(x + r * dx).toFixed(1)} ${(y + r * dy).toFixed(1)}`);
  return element('path', { class: name, d: `M${corners.join('L')}Z` }, ...children);
}

/** Only there for its `title` on hover. */
export function hoverPoint({ x, y, r }: Place, title: string): Markup {
  return element('circle', { class: 'hover', cx: x, cy: y, r }, element('title', {}, title));
}

function polygon(...corners: readonly (readonly [number, number])[]) {
  return corners;
}
