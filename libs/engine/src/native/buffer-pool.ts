import { type AddressRange, FirstFit } from './first-fit.js';

/** Below this many values a fresh array is as cheap as a pooled one. */
const smallest = 4096;

/** Values per page: arrays start on pages. */
const page = 1024;

/**
 * Values of a segment, 512 MiB. Its memory comes from the system page by page, when it is first
 * written.
 */
const segmentSize = 2 ** 27;

/** Bytes that the pool hands out for an array of `size` values. */
export function pooledBytes(size: number): number {
  return 4 * (size < smallest ? size : Math.ceil(size / page) * page);
}

/** A large array whose parts are lent. */
interface Segment {
  readonly buffer: ArrayBuffer;
  readonly ranges: FirstFit;
}

/** A segment in which `length` values fit. */
function segmentFor(length: number): Segment {
  const all = Math.max(segmentSize, length);
  try {
    return { buffer: new ArrayBuffer(4 * all), ranges: new FirstFit(all) };
  } catch (error) {
    // A system that counts addresses as memory may refuse more than is needed now.
    if (all === length) throw error;
    return { buffer: new ArrayBuffer(4 * length), ranges: new FirstFit(length) };
  }
}

interface Loan {
  readonly segment: Segment;
  readonly range: AddressRange;
}

/**
 * Float32 arrays for reuse: a fresh array of 4 MB costs ten times what it costs to fill a used one,
 * because the operating system clears its pages.
 */
export class BufferPool {
  #segments: Segment[] = [];
  readonly #owned = new WeakSet<ArrayBufferLike>();
  readonly #lent = new WeakMap<Float32Array, Loan>();

  /** Bytes that wait for reuse. */
  get freeBytes(): number {
    return 4 * this.#segments.reduce((total, { ranges }) => total + ranges.touched - ranges.used, 0);
  }

  /** An array of `size` values whose content is unspecified. */
  take(size: number): Float32Array {
    if (size < smallest) return new Float32Array(size);
    const length = pooledBytes(size) / 4;
    for (const segment of this.#segments) {
      const range = segment.ranges.take(length);
      if (range !== null) return this.#lend({ segment, range }, size);
    }
    const segment = segmentFor(length);
    this.#owned.add(segment.buffer);
    this.#segments.push(segment);
    return this.take(size);
  }

  /** Takes back an array that nobody reads any more; arrays of other origin are left alone. */
  give(values: unknown): void {
    if (!(values instanceof Float32Array)) return;
    const loan = this.#lent.get(values);
    if (loan === undefined) return;
    this.#lent.delete(values);
    loan.segment.ranges.give(loan.range);
  }

  /** Whether an array is a view of pooled memory that the pool itself did not lend. */
  isForeignView(values: unknown): values is Float32Array {
    return values instanceof Float32Array && this.#owned.has(values.buffer) && !this.#lent.has(values);
  }

  /** Gives everything that waits back to the process. */
  clear(): void {
    this.#segments = this.#segments.filter(({ ranges }) => ranges.used > 0);
  }

  #lend(loan: Loan, size: number): Float32Array {
    const { buffer } = loan.segment;
    const values = new Float32Array(buffer, 4 * loan.range.start, size);
    this.#lent.set(values, loan);
    return values;
  }
}
