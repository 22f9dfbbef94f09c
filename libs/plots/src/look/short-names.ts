import { element, type Markup } from '../markup/markup.js';
import { textWidth } from './text-width.js';

/** Names as a figure writes them, and what the shortened ones stand for. */
export interface ShortNames {
  of(name: string): string;
  /** `[short, full]` of every name that was shortened. */
  readonly key: readonly (readonly [short: string, full: string])[];
}

/**
 * Names no wider than `widest` pixels: from longer ones the middle is taken out, so that beginnings
 * and endings, which tell methods apart, stay. Names that would look alike are numbered.
 */
export function shortNames(names: readonly string[], widest = 150, size = 12): ShortNames {
  const shortened = new Map<string, string>();
  const taken = new Set(names.filter((name) => textWidth(name, size) <= widest));
  for (const name of new Set(names)) {
    if (taken.has(name)) continue;
    let short = withoutMiddle(name, widest, size);
    for (let number = 2; taken.has(short); number += 1)
      short = `${withoutMiddle(name, widest - textWidth(' (99)', size), size)} (${number})`;
    taken.add(short);
    shortened.set(name, short);
  }
  return {
    of: (name) => shortened.get(name) ?? name,
    key: [...shortened].map(([name, short]) => [short, name] as const),
  };
}

function withoutMiddle(name: string, widest: number, size: number): string {
  const characters = [...name];
  for (let kept = characters.length - 1; kept > 2; kept -= 1) {
    const head = Math.ceil(kept * 0.6);
    const short = `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (kept - head)).join('')}`;
    if (textWidth(short, size) <= widest) return short;
  }
  return `${characters.slice(0, 2).join('')}…`;
}

const lineHeight = 15;

/** The key of shortened names as lines of text, from the origin on, wrapped to `width` pixels. */
export function nameKey({ key }: ShortNames, width: number): { items: readonly Markup[]; height: number } {
  const lines = key.flatMap(([short, full]) => wrapped(`${short} = ${full}`, width));
  return {
    items: lines.map((line, at) =>
      element('text', { class: 'muted', x: 0, y: (at + 1) * lineHeight - 3, 'font-size': 11 }, line),
    ),
    height: lines.length === 0 ? 0 : lines.length * lineHeight + 6,
  };
}

/** Text on lines no wider than `width` pixels, broken at spaces where there are any. */
export function wrapped(text: string, width: number, size = 11): string[] {
  const lines: string[] = [];
  let line = '';
  for (const piece of text.split(/(?<= )/).flatMap((word) => pieces(word, width, size))) {
    if (line !== '' && textWidth(line + piece.trimEnd(), size) > width) {
      lines.push(line.trimEnd());
      line = '  ';
    }
    line += piece;
  }
  return [...lines, line.trimEnd()];
}

/** A word in parts that fit. */
function pieces(word: string, width: number, size: number): string[] {
  if (textWidth(word, size) <= width) return [word];
  const most = Math.max(1, Math.floor((word.length * (width - 20)) / textWidth(word, size)));
  return word.match(new RegExp(`.{1,${most}}`, 'gsu')) ?? [word];
}
