import type { Markup } from '../markup/markup.js';
import { colourVariables, figureStyle } from './figure-style.js';

/** A figure as a file of its own: the same SVG with the look inside. */
export function standaloneSvg(figure: Markup): string {
  const style = `<style>${colourVariables.replaceAll(':root', 'svg')}${figureStyle}</style>`;
  return figure.text.replace(/^<svg[^>]*>/, (root) => `${root}${style}`);
}
