import { FirstFit } from './first-fit.js';

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
  /** What is lent, by where it starts. */
  readonly lent: Map<number, Float32Array>;
}

/** A segment in which `length` values fit. */
function segmentFor(length: number): Segment {
  const all = Math.max(segmentSize, length);
  try {
    return { buffer: new ArrayBuffer(4 * all), ranges: new FirstFit(all), lent: new Map() };
  } catch (error) {
    // A system that counts addresses as memory may refuse more than is needed now.
    if (all === length) throw error;
    return { buffer: new ArrayBuffer(4 * length), ranges: new FirstFit(length), lent: new Map() };
  }
}

/**
 * Float32 arrays for reuse: a fresh array of 4 MB costs ten times what it costs to fill a used one,
 * because the operating system clears its pages.
 */
export class BufferPool {
  #segments: Segment[] = [];

  /** Bytes that wait for reuse. */
  get freeBytes(): number {
    return 4 * this.#segments.reduce((total, { ranges }) => total + ranges.touched - ranges.used, 0);
  }

  /** An array of `size` values whose content is unspecified. */
  take(size: number): Float32Array {
    if (size < smallest) return new Float32Array(size);
    const length = pooledBytes(size) / 4;
    for (const { buffer, ranges, lent } of this.#segments) {
      const range = ranges.take(length);
      if (range === null) continue;
      const values = new Float32Array(buffer, 4 * range.start, size);
      lent.set(range.start, values);
      return values;
    }
    this.#segments.push(segmentFor(length));
    return this.take(size);
  }

  /** Takes back an array that nobody reads any more; arrays of other origin are left alone. */
  give(values: unknown): void {
    if (!(values instanceof Float32Array)) return;
    const segment = this.#segmentOf(values);
    const start = values.byteOffset / 4;
    if (segment === undefined || segment.lent.get(start) !== values) return;
    segment.lent.delete(start);
    segment.ranges.give({ start, length: pooledBytes(values.length) / 4 });
  }

  /** Whether an array is a view of pooled memory that the pool itself did not lend. */
  isForeignView(values: unknown): values is Float32Array {
    if (!(values instanceof Float32Array)) return false;
    const segment = this.#segmentOf(values);
    return segment !== undefined && segment.lent.get(values.byteOffset / 4) !== values;
  }

  /** Gives everything that waits back to the process. */
  clear(): void {
    this.#segments = this.#segments.filter(({ ranges }) => ranges.used > 0);
  }

  #segmentOf({ buffer }: Float32Array): Segment | undefined {
    return this.#segments.find((segment) => segment.buffer === buffer);
  }
}
