const MINUS = 0x2d;
const PLUS = 0x2b;
const POINT = 0x2e;
const ZERO = 0x30;
/**
 * Powers of ten up to here, and whole numbers of so many digits, are exact, so that their quotient
 * is the nearest number.
 */
const MOST_DIGITS = 15;
const powers = Array.from({ length: 23 }, (_, exponent) => 10 ** exponent);

/**
 * The number that plain decimals such as `-0.9123` spell, as `Number` reads them.
 *
 * @returns `undefined` for whatever else there is: exponents, more than 15 digits, and what is no
 * number
 */
export function decimalIn(bytes: Uint8Array, start: number, end: number): number | undefined {
  const sign = bytes[start];
  let at = sign === MINUS || sign === PLUS ? start + 1 : start;
  if (end - at > MOST_DIGITS + 1) return undefined;
  let digits = 0;
  let whole = 0;
  let decimals = -1;
  for (; at < end; at++) {
    const byte = bytes[at] as number;
    if (byte === POINT && decimals < 0) {
      decimals = 0;
      continue;
    }
    const digit = byte - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    whole = whole * 10 + digit;
    digits += 1;
    if (decimals >= 0) decimals += 1;
  }
  if (digits === 0 || digits > MOST_DIGITS) return undefined;
  const value = decimals > 0 ? whole / (powers[decimals] as number) : whole;
  return sign === MINUS ? -value : value;
}
