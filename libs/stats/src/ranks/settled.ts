import type { Matrix } from '../matrix.js';

/**
 * Digits that measured scores may be trusted to keep through a computation; a double has between 15
 * and 17.
 */
const DIGITS = 12;
const powers = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

/**
 * The decimal next to `value` with as many decimals as twelve significant digits of `size` have.
 * Numbers that are equal but for the rounding of what they were computed from become equal, so that
 * ranks see their ties: 0.3 − 0.2 and 0.2 − 0.1 are both 0.1, in percent as in parts of one.
 *
 * @param size of the scores that `value` is a score, a mean or a difference of; default: its own
 */
export function settled(value: number, size = Math.abs(value)): number {
  if (value === 0 || size === 0) return value;
  const decimals = DIGITS - 1 - decade(size);
  const magnitude = Math.abs(value);
  // A whole number below 10¹² and a power of ten up to 10²² are exact, so that the result is the
  // double next to the decimal, whatever the size.
  const rounded =
    decimals > 22 || decimals < -22
      ? Number(magnitude.toExponential(Math.max(0, Math.min(100, decimals + decade(magnitude)))))
      : decimals >= 0
        ? Math.round(magnitude * (powers[decimals] as number)) / (powers[decimals] as number)
        : Math.round(magnitude / (powers[-decimals] as number)) * (powers[-decimals] as number);
  return value < 0 ? -rounded : rounded;
}

/** a − b, settled by the larger of the two. */
export function settledDifference(a: number, b: number): number {
  return a === b ? 0 : settled(a - b, Math.max(Math.abs(a), Math.abs(b)));
}

/** Every entry settled by its own size. */
export function settledMatrix(matrix: Matrix): Matrix {
  return { ...matrix, values: matrix.values.map((value) => settled(value)) };
}

// Scores of one table lie close together: most are in the decade of the one before.
let latest = { exponent: 0, from: 1, to: 10 };

/** The e with 10ᵉ ≤ size < 10ᵉ⁺¹. */
function decade(size: number): number {
  if (size >= latest.from && size < latest.to) return latest.exponent;
  let exponent = Math.floor(Math.log10(size));
  if (10 ** (exponent + 1) <= size) exponent += 1;
  else if (10 ** exponent > size) exponent -= 1;
  latest = { exponent, from: 10 ** exponent, to: 10 ** (exponent + 1) };
  return exponent;
}
