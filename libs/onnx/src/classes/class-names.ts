import { OnnxError } from '../error.js';

/** Names as they are compared: file systems differ in how they compose letters with accents. */
export function sameForm(name: string): string {
  return name.normalize('NFC');
}

/** Names that occur more than once, in the order found. */
export function duplicateNames(names: readonly string[]): readonly string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const name of names.map(sameForm)) (seen.has(name) ? twice : seen).add(name);
  return [...twice];
}

/**
 * The names an exported file gives its outputs, in their order; undefined where it gives none.
 * Throws OnnxError `invalid_class_names`, naming `field`, for a property that is no list of
 * different names.
 */
export function ownClassNames(properties: ReadonlyMap<string, string>, field: string): readonly string[] | undefined {
  const text = properties.get('oneshot.classes');
  if (text === undefined) return undefined;
  const names = parsed(text);
  const fault = names === undefined ? shortened(text) : duplicates(names);
  if (names !== undefined && fault === undefined) return names;
  throw new OnnxError(
    'invalid_class_names',
    `oneshot.classes of ${field}`,
    fault ?? shortened(text),
    'a JSON list of different names, one per output; --classes names the outputs instead',
  );
}

function parsed(text: string): readonly string[] | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return Array.isArray(value) && value.every((name) => typeof name === 'string' && name !== '') ? value : undefined;
  } catch {
    return undefined;
  }
}

function duplicates(names: readonly string[]): string | undefined {
  const twice = duplicateNames(names);
  return twice.length === 0 ? undefined : `${quoted(twice)} more than once`;
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}

/**
 * Names in quotes, so that spaces and commas in them show; of a longer list than `most` the rest is
 * counted.
 */
export function quoted(names: readonly string[], most = Number.POSITIVE_INFINITY): string {
  const shown = names.slice(0, most).map((name) => JSON.stringify(name));
  const rest = names.length - shown.length;
  return `${shown.join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`;
}
