/** Below this length a merge sort by comparison is faster than the radix sort with its tables. */
const RADIX_FROM = 1500;
const DIGIT_BITS = 11;
const DIGITS = 3;
/** Which half of a double holds sign and exponent in memory. */
const UPPER = new Uint8Array(new Float64Array([-1]).buffer)[7] === 0 ? 0 : 1;
const BUCKETS = 1 << DIGIT_BITS;
const MASK = BUCKETS - 1;

/**
 * The stable order that sorts finite numbers ascending: `values[order[0]]` is the smallest. `-0`
 * equals `0`.
 *
 * Long inputs are sorted by their bits, as a rule in time linear in their length.
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

/**
 * Sorts by the upper 32 bits digit by digit, then puts in order what they leave equal: few numbers
 * as a rule, and numbers that are truly equal stand right already.
 */
function radixOrder(values: Float64Array, order: Uint32Array): Uint32Array {
  const n = values.length;
  let keys: Keys = { high: upperWords(values, order), index: order };
  let moved: Keys = { high: new Uint32Array(n), index: new Uint32Array(n) };
  const slots = new Uint32Array(BUCKETS);
  for (let digit = 0; digit < DIGITS; digit++) {
    const shift = DIGIT_BITS * digit;
    slots.fill(0);
    for (let i = 0; i < n; i++) {
      const bucket = ((keys.high[i] as number) >>> shift) & MASK;
      slots[bucket] = (slots[bucket] as number) + 1;
    }
    if (slots.includes(n)) continue;
    let total = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const count = slots[bucket] as number;
      slots[bucket] = total;
      total += count;
    }
    scatter(keys, moved, shift, slots);
    [keys, moved] = [moved, keys];
  }
  orderRuns(keys, values);
  return keys.index;
}

/**
 * Keys whose unsigned order is that of the numbers as far as it goes, and the index each belongs
 * to. They travel together: reading in sequence pays.
 */
interface Keys {
  readonly high: Uint32Array;
  readonly index: Uint32Array;
}

function scatter(from: Keys, to: Keys, shift: number, slots: Uint32Array): void {
  const { high, index } = from;
  const { high: toHigh, index: toIndex } = to;
  for (let i = 0; i < high.length; i++) {
    const key = high[i] as number;
    const bucket = (key >>> shift) & MASK;
    const place = slots[bucket] as number;
    slots[bucket] = place + 1;
    toHigh[place] = key;
    toIndex[place] = index[i] as number;
  }
}

/**
 * Sign, exponent and upper part of the mantissa, made such that unsigned order is the order of the
 * numbers.
 */
function upperWords(values: Float64Array, order: Uint32Array): Uint32Array {
  const n = values.length;
  const copy = new Float64Array(n);
  // Adding zero turns -0 into 0, so that the two get one key.
  for (let i = 0; i < n; i++) copy[i] = (values[order[i] as number] as number) + 0;
  const words = new Uint32Array(copy.buffer);
  const upper = new Uint32Array(n);
  for (let i = 0; i < n; i++) {
    const high = words[2 * i + UPPER] as number;
    upper[i] = high >>> 31 === 1 ? ~high : high ^ 0x80000000;
  }
  return upper;
}

/** Sorts each run of equal keys by the numbers themselves. */
function orderRuns({ high, index }: Keys, values: Float64Array): void {
  const n = high.length;
  for (let start = 0; start < n; ) {
    let end = start + 1;
    let sorted = true;
    while (end < n && high[end] === high[start]) {
      sorted &&= (values[index[end - 1] as number] as number) <= (values[index[end] as number] as number);
      end++;
    }
    if (!sorted) index.set(mergeOrder(values, index.slice(start, end)), start);
    start = end;
  }
}
