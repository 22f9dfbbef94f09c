import { type Figure, figure } from '../figure/figure.js';
import { seriesClass } from '../look/figure-style.js';
import { marker } from '../look/marker.js';
import { nameKey, shortNames } from '../look/short-names.js';
import { textWidth } from '../look/text-width.js';
import { element, type Markup } from '../markup/markup.js';

/** One line of a legend. */
export interface LegendEntry {
  readonly name: string;
  readonly colour: number;
}

const rowHeight = 20;

/**
 * A legend shared by several charts: samples of the lines with their names, wrapped to `width`
 * pixels.
 */
export function legend(entries: readonly LegendEntry[], width = 720): Figure {
  const { items, height } = legendItems(entries, width);
  const title = `legend: ${entries.map((entry) => entry.name).join(', ')}`;
  const data = { columns: ['name'], rows: entries.map(({ name }) => [name]) };
  return figure({ width, height, title, data }, items);
}

/**
 * The samples and names alone, from the origin on, and how high they are. `mark`: of marks that no
 * line joins.
 */
export function legendItems(
  entries: readonly LegendEntry[],
  width: number,
  sample: 'line' | 'mark' = 'line',
): { items: readonly Markup[]; height: number } {
  const short = shortNames(
    entries.map(({ name }) => name),
    Math.min(220, width - 60),
  );
  let x = 0;
  let row = 0;
  const items = entries.map(({ name, colour }) => {
    const needed = 36 + textWidth(short.of(name)) + 18;
    if (x > 0 && x + needed > width) {
      x = 0;
      row += 1;
    }
    const y = row * rowHeight + 11;
    const item = element(
      'g',
      {},
      sample === 'mark'
        ? undefined
        : element('line', { class: `line ${seriesClass(colour)}`, x1: x, x2: x + 28, y1: y, y2: y }),
      marker(colour, { x: x + 14, y, r: 3.4 }),
      element('text', { x: x + 34, y: y + 4 }, short.of(name)),
    );
    x += needed;
    return item;
  });
  const rows = (row + 1) * rowHeight + 4;
  const key = nameKey(short, width);
  return {
    items: [...items, element('g', { transform: `translate(0 ${rows})` }, key.items)],
    height: rows + key.height,
  };
}
