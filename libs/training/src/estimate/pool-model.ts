/** Follows what a pool of buffers by size holds: what is given back is kept for the next request of the same size. */
export class PoolModel {
  readonly #free = new Map<number, number>();
  #held = 0;

  /** Bytes taken from the system so far; a pool never gives back while a run lasts. */
  get heldBytes(): number {
    return this.#held;
  }

  take(bytes: number): void {
    const free = this.#free.get(bytes) ?? 0;
    if (free > 0) this.#free.set(bytes, free - 1);
    else this.#held += bytes;
  }

  give(bytes: number): void {
    this.#free.set(bytes, (this.#free.get(bytes) ?? 0) + 1);
  }
}
