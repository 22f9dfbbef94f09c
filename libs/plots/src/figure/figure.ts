import { type Child, element, Markup } from '../markup/markup.js';
import type { DataTable } from './data-table.js';

/** An SVG that can be put into a page as it is, or written to files with its data. */
export class Figure extends Markup {
  /**
   * @param title what a screen reader says
   * @param width in pixels
   * @param data the numbers drawn
   */
  constructor(
    text: string,
    readonly title: string,
    readonly width: number,
    readonly height: number,
    readonly data: DataTable,
  ) {
    super(text);
  }
}

/** The root of every figure. */
export function figure(
  { width, height, title, data }: { width: number; height: number; title: string; data: DataTable },
  ...children: Child[]
): Figure {
  const { text } = element(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      class: 'figure',
      role: 'img',
      'aria-label': title,
      width,
      height,
      viewBox: `0 0 ${Math.round(width * 100) / 100} ${Math.round(height * 100) / 100}`,
    },
    ...children,
  );
  return new Figure(text, title, width, height, data);
}
