import type { Markup } from '../markup/markup.js';
import { backgrounds, fixedStyle } from './figure-style.js';

/**
 * A figure as a file of its own: the same SVG with the look inside, on a ground of its own, so that
 * it can be read on a page of any colour. Light without variables, which many programs that read
 * SVG do not know; dark where a browser asks for it, and never in print.
 */
export function standaloneSvg(figure: Markup): string {
  const [light, dark] = (['light', 'dark'] as const).map(
    (theme) => `svg{background:${backgrounds[theme]}}${fixedStyle(theme)}`,
  );
  const style = `<style>${light}@media screen and (prefers-color-scheme:dark){${dark}}</style>`;
  return figure.text.replace(/^<svg[^>]*>/, (root) => `${root}${style}`);
}
