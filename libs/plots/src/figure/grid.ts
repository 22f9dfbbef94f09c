import { titleWidth } from '../look/text-width.js';
import { element } from '../markup/markup.js';
import { type Figure, figure } from './figure.js';

const gap = 14;

/**
 * Several figures as one, row by row under a common title.
 *
 * @param columns how many stand side by side; default: as many as fit into 1,000 pixels, at least
 * one
 * @param foot what all panels share, such as a legend, below them; not in the data
 */
export function figureGrid(
  title: string,
  panels: readonly Figure[],
  { columns, foot }: { readonly columns?: number; readonly foot?: Figure } = {},
): Figure {
  const widest = Math.max(1, ...panels.map(({ width }) => width));
  const across = columns ?? Math.max(1, Math.floor((1000 + gap) / (widest + gap)));
  const placed: { panel: Figure; x: number; y: number }[] = [];
  let y = 30;
  for (let start = 0; start < panels.length; start += across) {
    const row = panels.slice(start, start + across);
    for (const [column, panel] of row.entries()) placed.push({ panel, x: column * (widest + gap), y });
    y += Math.max(...row.map(({ height }) => height)) + gap;
  }
  const used = Math.min(across, Math.max(1, panels.length));
  return figure(
    {
      width: Math.max(used * (widest + gap) - gap, titleWidth(title), foot?.width ?? 0),
      height: y + (foot?.height ?? 0),
      title,
      data: {
        columns: ['panel', ...(panels[0]?.data.columns ?? [])],
        rows: panels.flatMap((panel) => panel.data.rows.map((row) => [panel.title, ...row])),
      },
    },
    element('text', { class: 'title', x: 0, y: 16 }, title),
    placed.map(({ panel, x, y: top }) =>
      element('g', { transform: `translate(${x.toFixed(1)} ${top.toFixed(1)})` }, panel),
    ),
    foot && element('g', { transform: `translate(0 ${y.toFixed(1)})` }, foot),
  );
}
