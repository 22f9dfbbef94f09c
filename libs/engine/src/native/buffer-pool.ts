/** Below this many values a fresh array is as cheap as a pooled one. */
const smallest = 4096;

/** The least capacity of at least `size` among four steps per power of two. */
function capacityFor(size: number): number {
  const step = 2 ** Math.max(0, Math.floor(Math.log2(size)) - 2);
  return Math.ceil(size / step) * step;
}

/** Bytes that the pool takes from the system for an array of `size` values. */
export function pooledBytes(size: number): number {
  return 4 * (size < smallest ? size : capacityFor(size));
}

/**
 * Float32 arrays for reuse, by size class: a fresh array of 4 MB costs ten times what it costs to fill a used one, because
 * the operating system clears its pages.
 */
export class BufferPool {
  readonly #free = new Map<number, ArrayBuffer[]>();
  readonly #owned = new WeakSet<ArrayBufferLike>();
  readonly #lent = new WeakSet<Float32Array>();
  #freeBytes = 0;

  /** Bytes that wait for reuse. */
  get freeBytes(): number {
    return this.#freeBytes;
  }

  /** An array of `size` values whose content is unspecified. */
  take(size: number): Float32Array {
    if (size < smallest) return new Float32Array(size);
    const capacity = capacityFor(size);
    let buffer = this.#free.get(capacity)?.pop();
    if (buffer === undefined) {
      buffer = new ArrayBuffer(capacity * 4);
      this.#owned.add(buffer);
    } else {
      this.#freeBytes -= buffer.byteLength;
    }
    const values = new Float32Array(buffer, 0, size);
    this.#lent.add(values);
    return values;
  }

  /** Takes back an array that nobody reads any more; arrays of other origin are left alone. */
  give(values: unknown): void {
    if (!(values instanceof Float32Array) || !this.#lent.delete(values)) return;
    const buffer = values.buffer as ArrayBuffer;
    const capacity = buffer.byteLength / 4;
    const waiting = this.#free.get(capacity);
    if (waiting === undefined) this.#free.set(capacity, [buffer]);
    else waiting.push(buffer);
    this.#freeBytes += buffer.byteLength;
  }

  /** Whether an array is a view of pooled memory that the pool itself did not lend. */
  isForeignView(values: unknown): values is Float32Array {
    return values instanceof Float32Array && this.#owned.has(values.buffer) && !this.#lent.has(values);
  }

  /** Gives everything that waits back to the process. */
  clear(): void {
    this.#free.clear();
    this.#freeBytes = 0;
  }
}
