import { seriesClass } from '../look/figure-style.js';
import { textWidth } from '../look/text-width.js';
import { element, type Markup } from '../markup/markup.js';
import { figure } from './frame.js';

/** One line of a legend. */
export interface LegendEntry {
  readonly name: string;
  readonly colour: number;
}

/** A legend shared by several charts: samples of the lines with their names, wrapped to `width` pixels. */
export function legend(entries: readonly LegendEntry[], width = 720): Markup {
  let x = 0;
  let row = 0;
  const items = entries.map(({ name, colour }) => {
    const needed = 36 + textWidth(name) + 18;
    if (x > 0 && x + needed > width) {
      x = 0;
      row += 1;
    }
    const y = row * 20 + 11;
    const item = element(
      'g',
      {},
      element('line', { class: `line ${seriesClass(colour)}`, x1: x, x2: x + 28, y1: y, y2: y }),
      element('circle', { class: `mark ${seriesClass(colour)}`, cx: x + 14, cy: y, r: 2.8 }),
      element('text', { x: x + 34, y: y + 4 }, name),
    );
    x += needed;
    return item;
  });
  return figure(width, (row + 1) * 20 + 4, `legend: ${entries.map((entry) => entry.name).join(', ')}`, ...items);
}
