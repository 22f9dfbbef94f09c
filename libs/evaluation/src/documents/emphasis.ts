/** How a cell stands out: the best in bold, the second underlined. */
export type Emphasis = 'best' | 'second' | undefined;

/** What readers of a document are told of it. */
export const emphasisNote = 'Best in bold, second underlined; equal values alike.';

/**
 * Marks the best and the second of some values. Values that are written alike are marked alike;
 * where several share the best, none is second, and where all are alike, none is marked.
 *
 * @param written the values as the table writes them
 */
export function emphasize(
  values: readonly number[],
  better: 'greater' | 'smaller',
  written: (value: number) => string,
): Emphasis[] {
  const texts = values.map(written);
  const sign = better === 'greater' ? 1 : -1;
  const places = [...values.entries()].sort(([, a], [, b]) => sign * (b - a)).map(([at]) => texts[at] ?? '');
  const [first, ...others] = [...new Set(places)];
  const second = places.filter((text) => text === first).length === 1 ? others[0] : undefined;
  if (others.length === 0) return values.map(() => undefined);
  return texts.map((text) => (text === first ? 'best' : text === second ? 'second' : undefined));
}
