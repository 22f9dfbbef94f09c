/**
 * Inputs by place, of which the second half belongs to the first: terms, then their coefficients.
 */
export function halves<T>(inputs: Readonly<Record<string, T>>): {
  readonly terms: string[];
  readonly factors: string[];
} {
  const names = Object.keys(inputs);
  const count = names.length / 2;
  return { terms: names.slice(0, count), factors: names.slice(count) };
}
