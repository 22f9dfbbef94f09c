/** Every how many-th name is written so that each has room; 1: all. */
export function labelStride(room: number, needed: number): number {
  return Math.max(1, Math.ceil(needed / Math.max(0.1, room)));
}

/** `every 5th column`, as a note on names that are left out. */
export function everyNth(stride: number, what: string): string {
  const ending = stride % 100 > 10 && stride % 100 < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][stride % 10] ?? 'th');
  return `every ${stride}${ending} ${what} is named`;
}

/**
 * How the numbers of a table are written in its cells: three digits of the largest, whole numbers
 * as they are.
 */
export function cellFormat(values: Iterable<number>): (value: number) => string {
  let largest = 0;
  let whole = true;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    largest = Math.max(largest, Math.abs(value));
    whole &&= Number.isInteger(value);
  }
  if (largest >= 1e5 || (largest > 0 && largest < 1e-2)) return (value) => (value === 0 ? '0' : value.toExponential(1));
  const decimals = whole ? 0 : Math.max(0, 2 - Math.floor(Math.log10(largest || 1) + 1e-9));
  return (value) => value.toFixed(Math.min(3, decimals));
}
