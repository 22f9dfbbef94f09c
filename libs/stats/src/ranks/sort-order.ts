/** Below this length a merge sort by comparison is faster than the radix sort with its tables. */
const RADIX_FROM = 1500;
const DIGIT_BITS = 11;
const DIGITS = 6;
const BUCKETS = 1 << DIGIT_BITS;

/**
 * The stable order that sorts finite numbers ascending: `values[order[0]]` is the smallest. `-0` equals `0`.
 *
 * Long inputs are sorted by their bits (least significant digit first), in time linear in their length.
 *
 * @param from an order to refine; equal values keep its sequence. Default: 0, 1, 2, …
 */
export function sortOrder(values: Float64Array, from?: Uint32Array): Uint32Array {
  const order = from ? from.slice() : Uint32Array.from({ length: values.length }, (_, i) => i);
  return values.length < RADIX_FROM ? mergeOrder(values, order) : radixOrder(values, order);
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
  const keys = sortableBits(values);
  const counts = new Uint32Array(DIGITS * BUCKETS);
  for (let i = 0; i < values.length; i++) {
    const low = keys[2 * i] as number;
    const high = keys[2 * i + 1] as number;
    for (let digit = 0; digit < DIGITS; digit++) {
      const slot = digit * BUCKETS + digitOf(low, high, digit);
      counts[slot] = (counts[slot] as number) + 1;
    }
  }
  let source = order;
  let target: Uint32Array = new Uint32Array(order.length);
  for (let digit = 0; digit < DIGITS; digit++) {
    const slots = counts.subarray(digit * BUCKETS, (digit + 1) * BUCKETS);
    if (slots.includes(values.length)) continue;
    let total = 0;
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const count = slots[bucket] as number;
      slots[bucket] = total;
      total += count;
    }
    for (let i = 0; i < source.length; i++) {
      const index = source[i] as number;
      const bucket = digitOf(keys[2 * index] as number, keys[2 * index + 1] as number, digit);
      const place = slots[bucket] as number;
      slots[bucket] = place + 1;
      target[place] = index;
    }
    [source, target] = [target, source];
  }
  return source;
}

/** 64-bit keys (low word, high word) whose unsigned order is the order of the numbers. */
function sortableBits(values: Float64Array): Uint32Array {
  const copy = new Float64Array(values.length);
  // Adding zero turns -0 into 0, so that the two get one key.
  for (let i = 0; i < values.length; i++) copy[i] = (values[i] as number) + 0;
  const words = new Uint32Array(copy.buffer);
  for (let i = 0; i < words.length; i += 2) {
    const high = words[i + 1] as number;
    if (high >>> 31) {
      words[i] = ~(words[i] as number);
      words[i + 1] = ~high;
    } else {
      words[i + 1] = high ^ 0x80000000;
    }
  }
  return words;
}

function digitOf(low: number, high: number, digit: number): number {
  switch (digit) {
    case 0:
      return low & 0x7ff;
    case 1:
      return (low >>> 11) & 0x7ff;
    case 2:
      return ((low >>> 22) | (high << 10)) & 0x7ff;
    case 3:
      return (high >>> 1) & 0x7ff;
    case 4:
      return (high >>> 12) & 0x7ff;
    default:
      return high >>> 23;
  }
}
