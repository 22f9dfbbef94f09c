import { type Figure, figure } from '../figure/figure.js';
import { seriesClass } from '../look/figure-style.js';
import { textWidth } from '../look/text-width.js';
import { element, type Markup } from '../markup/markup.js';

/** One line of a legend. */
export interface LegendEntry {
  readonly name: string;
  readonly colour: number;
}

const rowHeight = 20;

/** A legend shared by several charts: samples of the lines with their names, wrapped to `width` pixels. */
export function legend(entries: readonly LegendEntry[], width = 720): Figure {
  const { items, height } = legendItems(entries, width);
  const title = `legend: ${entries.map((entry) => entry.name).join(', ')}`;
  const data = { columns: ['name'], rows: entries.map(({ name }) => [name]) };
  return figure({ width, height, title, data }, items);
}

/** The samples and names alone, from the origin on, and how high they are. */
export function legendItems(
  entries: readonly LegendEntry[],
  width: number,
): { items: readonly Markup[]; height: number } {
  let x = 0;
  let row = 0;
  const items = entries.map(({ name, colour }) => {
    const needed = 36 + textWidth(name) + 18;
    if (x > 0 && x + needed > width) {
      x = 0;
      row += 1;
    }
    const y = row * rowHeight + 11;
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
  return { items, height: (row + 1) * rowHeight + 4 };
}
