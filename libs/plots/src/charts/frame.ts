import { textWidth } from '../look/text-width.js';
import { element, type Markup } from '../markup/markup.js';
import type { Scale } from './scale.js';

/** The inner rectangle of a chart, in pixels. */
export interface Plane {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

/**
 * A horizontal scale with as many ticks as have room for their values side by side, at most about
 * eight. `make` gets how many it should have.
 */
export function fittingScale(make: (about: number) => Scale, { right }: Pick<Plane, 'right'>): Scale {
  for (let about = 8; ; about -= 1) {
    const scale = make(about);
    const widest = Math.max(...scale.ticks.map((tick) => textWidth(scale.format(tick)) + 10));
    const positions = scale.ticks.map(scale.position).sort((a, b) => a - b);
    const crowded = positions.some((at, index) => index > 0 && at - (positions[index - 1] ?? 0) < widest);
    const cut = positions.some((at) => at + widest / 2 > right + 22);
    if (about === 1 || !(crowded || (cut && scale.ticks.length > 3))) return scale;
  }
}

/** Where the plane begins, so that the values of a vertical axis stand left of it. */
export function axisRoom({ ticks, format }: Scale): number {
  return Math.max(40, ...ticks.map((tick) => textWidth(format(tick)) + 14));
}

/** Horizontal grid lines with their values to the left; the axis's name above its upper end. */
export function verticalAxis(plane: Plane, scale: Scale, name?: string): Markup {
  return element(
    'g',
    {},
    scale.ticks.map((tick) => {
      const y = scale.position(tick);
      return [
        element('line', { class: 'grid', x1: plane.left, x2: plane.right, y1: y, y2: y }),
        element('text', { class: 'muted', x: plane.left - 6, y: y + 4, 'text-anchor': 'end' }, scale.format(tick)),
      ];
    }),
    name === undefined ? undefined : element('text', { class: 'muted', x: 12, y: plane.top - 10 }, name),
  );
}

/** The base line with ticks and values below it. */
export function horizontalAxis(plane: Plane, scale: Scale, name?: string): Markup {
  return element(
    'g',
    {},
    element('line', { class: 'axis', x1: plane.left, x2: plane.right, y1: plane.bottom, y2: plane.bottom }),
    scale.ticks.map((tick) => {
      const x = scale.position(tick);
      return [
        element('line', { class: 'axis', x1: x, x2: x, y1: plane.bottom, y2: plane.bottom + 4 }),
        element('text', { class: 'muted', x, y: plane.bottom + 17, 'text-anchor': 'middle' }, scale.format(tick)),
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

/** Vertical lines through the ticks. */
export function verticalGrid({ top, bottom }: Plane, { ticks, position }: Scale): Markup[] {
  return ticks.map((tick) =>
    element('line', { class: 'grid', x1: position(tick), x2: position(tick), y1: top, y2: bottom }),
  );
}

/** A scale whose values are written with a unit behind them. */
export function withUnit(scale: Scale, unit: string): Scale {
  return { ...scale, format: (tick) => `${scale.format(tick)}${unit}` };
}
