import { extent } from '../charts/scale.js';
import { type Figure, figure } from '../figure/figure.js';
import { textWidth } from '../look/text-width.js';
import { element, type Markup } from '../markup/markup.js';

/**
 * What colours stand for: the fuller blue the greater; or blue above and orange below a centre, the
 * fuller the further away.
 */
export type ColourScale =
  | { readonly kind: 'sequential'; readonly low: number; readonly high: number }
  | { readonly kind: 'diverging'; readonly centre: number; readonly reach: number };

/** Around zero where a value is negative, and from the least to the greatest otherwise. */
export function colourScaleOf(values: Iterable<number>): ColourScale {
  const [low, high] = extent(values) ?? [0, 1];
  return low < 0 ? { kind: 'diverging', centre: 0, reach: Math.max(-low, high) } : { kind: 'sequential', low, high };
}

/** A coloured ground; `light` where text stands on it. */
export function colouredRect(
  scale: ColourScale,
  value: number,
  place: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  light: boolean,
): Markup {
  const share = Math.min(1, Math.max(0, shareOf(scale, value)));
  return element('rect', {
    class: isBelow(scale, value) ? 'cell-below' : 'cell-heat',
    'shape-rendering': 'crispEdges',
    ...place,
    'fill-opacity': light ? 0.03 + 0.55 * share : 0.04 + 0.96 * share,
  });
}

/** Whether a value lies below the centre of a scale that has one. */
export function isBelow(scale: ColourScale, value: number): boolean {
  return scale.kind === 'diverging' && value < scale.centre;
}

function shareOf(scale: ColourScale, value: number): number {
  if (scale.kind === 'diverging') return scale.reach > 0 ? Math.abs(value - scale.centre) / scale.reach : 0;
  return scale.high > scale.low ? (value - scale.low) / (scale.high - scale.low) : 0.5;
}

/**
 * A stroke across a field below the centre, so that it can be told from one above in grey print.
 */
export function hatch({ x, y, width, height }: { x: number; y: number; width: number; height: number }): Markup {
  return element('path', {
    class: 'hatch',
    d: `M${x.toFixed(1)} ${(y + height).toFixed(1)}L${(x + width).toFixed(1)} ${y.toFixed(1)}`,
  });
}

const steps = 12;
const stepWidth = 14;
const barHeight = 12;

interface Bar {
  readonly scale: ColourScale;
  /** What the colours mean. */
  readonly valueName: string;
  readonly light: boolean;
  readonly format: (value: number) => string;
}

/** The scale as a bar with its ends, and its centre, written below, from the origin on. */
export function colourBarItems({ scale, valueName, light, format }: Bar): {
  items: readonly Markup[];
  width: number;
  height: number;
} {
  const [low, high] =
    scale.kind === 'diverging' ? [scale.centre - scale.reach, scale.centre + scale.reach] : [scale.low, scale.high];
  const left = textWidth(valueName, 11) + 10;
  const fields = low === high ? 1 : steps;
  const barWidth = fields * stepWidth;
  const bar = Array.from({ length: fields }, (_, index) => {
    const value = low + ((index + 0.5) / fields) * (high - low);
    const place = { x: left + index * stepWidth, y: 0, width: stepWidth, height: barHeight };
    return [colouredRect(scale, value, place, light), isBelow(scale, value) && !light ? hatch(place) : undefined];
  });
  const written =
    low === high ? [low] : scale.kind === 'diverging' ? [low, scale.centre, high] : [low, (low + high) / 2, high];
  const ends = written.map((value) =>
    element(
      'text',
      {
        class: 'muted',
        x: left + (high === low ? 0.5 : (value - low) / (high - low)) * barWidth,
        y: barHeight + 12,
        'text-anchor': 'middle',
        'font-size': 10,
      },
      format(value),
    ),
  );
  const items = [
    element('text', { class: 'muted', x: 0, y: 10, 'font-size': 11 }, valueName),
    ...bar.flat().filter((each) => each !== undefined),
    element('rect', { class: 'bar-frame', x: left, y: 0, width: barWidth, height: barHeight }),
    ...ends,
  ];
  return { items, width: left + barWidth + 30, height: barHeight + 18 };
}

/** One bar for several maps of the same scale. */
export function colourBar(bar: Bar): Figure {
  const { items, width, height } = colourBarItems(bar);
  const data = { columns: ['scale'], rows: [[bar.valueName]] };
  return figure({ width, height, title: `colours: ${bar.valueName}`, data }, items);
}
