/** Below this length a merge sort by comparison is faster than the radix sort with its tables. */
const RADIX_FROM = 1500;
const DIGIT_BITS = 11;
const DIGITS = 6;
const BUCKETS = 1 << DIGIT_BITS;
const MASK = BUCKETS - 1;

/**
 * The stable order that sorts finite numbers ascending: `values[order[0]]` is the smallest. `-0` equals `0`.
 *
 * Long inputs are sorted by their bits (least significant digit first), in time linear in their length.
 *
 * @param from an order to refine; equal values keep its sequence. Default: 0, 1, 2, …
 */
export function sortOrder(values: Float64Array, from?: Uint32Array): Uint32Array {
  const order = from ? from.slice() : identity(values.length);
  return values.length < RADIX_FROM ? mergeOrder(values, order) : radixOrder(values, order);
}

function identity(length: number): Uint32Array {
  const order = new Uint32Array(length);
  for (let i = 0; i < length; i++) order[i] = i;
  return order;
}

function mergeOrder(values: Float64Array, order: Uint32Array): Uint32Array {
  const n = order.length;
  let source = order;
  let target: Uint32Array = new Uint32Array(n);
  for (let width = 1; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(start + width, n);
      const end = Math.min(start + 2 * width, n);
      let left = start;
      let right = middle;
      for (let at = start; at < end; at++) {
        const takeLeft =
          right >= end ||
          (left < middle && (values[source[left] as number] as number) <= (values[source[right] as number] as number));
        target[at] = source[takeLeft ? left++ : right++] as number;
      }
    }
    [source, target] = [target, source];
  }
  return source;
}

function radixOrder(values: Float64Array, order: Uint32Array): Uint32Array {
  const n = values.length;
  // The keys travel with the indices: reading them in sequence is worth the copying.
  let keys = sortableKeys(values, order);
  let moved: Keys = { low: new Uint32Array(n), high: new Uint32Array(n), index: new Uint32Array(n) };
  for (let digit = 0; digit < DIGITS; digit++) {
    const digits = digitsOf(keys, digit);
    const slots = new Uint32Array(BUCKETS);
    for (let i = 0; i < n; i++) {
      const bucket = digits[i] as number;
      slots[bucket] = (slots[bucket] as number) + 1;
    }
    if (slots.includes(n)) continue;
    let total = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const count = slots[bucket] as number;
      slots[bucket] = total;
      total += count;
    }
    scatter(keys, moved, digits, slots);
    [keys, moved] = [moved, keys];
  }
  return keys.index;
}

function scatter(from: Keys, to: Keys, digits: Uint16Array, slots: Uint32Array): void {
  const { low, high, index } = from;
  const { low: toLow, high: toHigh, index: toIndex } = to;
  for (let i = 0; i < digits.length; i++) {
    const bucket = digits[i] as number;
    const place = slots[bucket] as number;
    slots[bucket] = place + 1;
    toLow[place] = low[i] as number;
    toHigh[place] = high[i] as number;
    toIndex[place] = index[i] as number;
  }
}

/** 64-bit keys in two words whose unsigned order is the order of the numbers, and the index each belongs to. */
interface Keys {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  readonly index: Uint32Array;
}

function sortableKeys(values: Float64Array, order: Uint32Array): Keys {
  const n = values.length;
  const copy = new Float64Array(n);
  // Adding zero turns -0 into 0, so that the two get one key.
  for (let i = 0; i < n; i++) copy[i] = (values[order[i] as number] as number) + 0;
  const words = new Uint32Array(copy.buffer);
  const keys: Keys = { low: new Uint32Array(n), high: new Uint32Array(n), index: order };
  for (let i = 0; i < n; i++) {
    const low = words[2 * i] as number;
    const high = words[2 * i + 1] as number;
    const negative = high >>> 31 === 1;
    keys.low[i] = negative ? ~low : low;
    keys.high[i] = negative ? ~high : high ^ 0x80000000;
  }
  return keys;
}

function digitsOf({ low, high }: Keys, digit: number): Uint16Array {
  const digits = new Uint16Array(low.length);
  const shift = DIGIT_BITS * digit;
  for (let i = 0; i < digits.length; i++) {
    const l = low[i] as number;
    const h = high[i] as number;
    // The third digit straddles the two words.
    digits[i] =
      (shift >= 32
        ? h >>> (shift - 32)
        : shift + DIGIT_BITS <= 32
          ? l >>> shift
          : (l >>> shift) | (h << (32 - shift))) & MASK;
  }
  return digits;
}
