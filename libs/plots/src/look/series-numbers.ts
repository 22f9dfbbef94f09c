const collator = new Intl.Collator('en', { numeric: true });

/**
 * Which colour, dash and marker each name has: its place among all names in alphabetical order. So
 * a method looks the same in every figure over the same methods, however each of them orders its
 * rows. The map keeps the order of `names`.
 *
 * @param first names that are numbered before all others, such as the methods of a whole report, of
 * which a figure shows some and adds more
 */
export function seriesNumbers(names: Iterable<string>, first: Iterable<string> = []): ReadonlyMap<string, number> {
  const before = new Set(first);
  const known = new Set(names);
  const others = [...known].filter((name) => !before.has(name));
  const place = new Map([...sorted(before), ...sorted(others)].map((name, number) => [name, number]));
  return new Map([...known].map((name) => [name, place.get(name) ?? 0]));
}

function sorted(names: Iterable<string>): string[] {
  return [...names].sort(collator.compare);
}
