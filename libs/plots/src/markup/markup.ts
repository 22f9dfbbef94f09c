/** Text that is SVG or HTML already; everything else is escaped when it is put into an element. */
export class Markup {
  constructor(readonly text: string) {}

  toString(): string {
    return this.text;
  }
}

/**
 * What an element can hold: markup as it is, text and numbers escaped, nothing for `undefined`,
 * lists in order.
 */
export type Child = Markup | string | number | undefined | readonly Child[];

/** Attribute values; `undefined` leaves the attribute out. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

const replacements: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// Control characters may not appear in XML at all, escaped or not.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for.
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** Text as it may stand in element content and in quoted attributes, of HTML and of XML. */
export function escapeText(text: string): string {
  return text.replace(forbidden, '\ufffd').replace(/[&<>"']/g, (character) => replacements[character] ?? character);
}

function renderChild(child: Child): string {
  if (child === undefined) return '';
  if (child instanceof Markup) return child.text;
  if (typeof child === 'object') return child.map(renderChild).join('');
  return escapeText(String(child));
}

// At 1/100 of a pixel nothing is lost to the eye, and files stay small.
function renderValue(value: string | number): string {
  return typeof value === 'number' ? String(Math.round(value * 100) / 100) : escapeText(value);
}

const withoutEnd = new Set(['meta', 'br', 'hr', 'img', 'link']);

/**
 * One element of SVG or HTML. Names come from this library only; values and text may come from
 * anywhere.
 */
export function element(name: string, attributes: Attributes = {}, ...children: Child[]): Markup {
  const written = Object.entries(attributes)
    .flatMap(([key, value]) => (value === undefined ? [] : [` ${key}="${renderValue(value)}"`]))
    .join('');
  if (withoutEnd.has(name)) return new Markup(`<${name}${written}>`);
  return new Markup(`<${name}${written}>${children.map(renderChild).join('')}</${name}>`);
}
