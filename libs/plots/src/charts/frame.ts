import { element, type Markup } from '../markup/markup.js';
import type { Scale } from './scale.js';

/** The inner rectangle of a chart, in pixels. */
export interface Plane {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/** Horizontal grid lines with their values to the left. */
export function verticalAxis(plane: Plane, scale: Scale, format?: (value: number) => string): Markup {
  return element(
    'g',
    {},
    scale.ticks.map((tick) => {
      const y = scale.position(tick);
      return [
        element('line', { class: 'grid', x1: plane.left, x2: plane.right, y1: y, y2: y }),
        element(
          'text',
          { class: 'muted', x: plane.left - 6, y: y + 4, 'text-anchor': 'end' },
          format ? format(tick) : scale.format(tick),
        ),
      ];
    }),
  );
}

/** The base line with ticks and values below it. */
export function horizontalAxis(plane: Plane, scale: Scale, name?: string, format?: (value: number) => string): Markup {
  return element(
    'g',
    {},
    element('line', { class: 'axis', x1: plane.left, x2: plane.right, y1: plane.bottom, y2: plane.bottom }),
    scale.ticks.map((tick) => {
      const x = scale.position(tick);
      return [
        element('line', { class: 'axis', x1: x, x2: x, y1: plane.bottom, y2: plane.bottom + 4 }),
        element(
          'text',
          { class: 'muted', x, y: plane.bottom + 17, 'text-anchor': 'middle' },
          format ? format(tick) : scale.format(tick),
        ),
      ];
    }),
    name === undefined
      ? undefined
      : element(
          'text',
          { class: 'muted', x: (plane.left + plane.right) / 2, y: plane.bottom + 33, 'text-anchor': 'middle' },
          name,
        ),
  );
}
