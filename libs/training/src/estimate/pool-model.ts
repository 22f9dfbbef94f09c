/** How a pool serves requests for which it has no buffer of the same size. */
export interface PoolPolicy {
  /** A waiting buffer serves requests of more than its size divided by this; 1: of its own size only. */
  readonly stretch: number;
  /** Before a fresh buffer is made, waiting ones go until this share of the most that was ever in use is held. */
  readonly slack: number;
}

/** Follows what a pool of buffers by size holds: what is given back waits for further requests. */
export class PoolModel {
  readonly #policy: PoolPolicy;
  /** Sizes of the waiting buffers, ascending. */
  readonly #free: number[] = [];
  #freeBytes = 0;
  #usedBytes = 0;
  #mostUsed = 0;
  #peak = 0;

  constructor(policy: PoolPolicy = { stretch: 1, slack: Number.POSITIVE_INFINITY }) {
    this.#policy = policy;
  }

  /** The most bytes taken from the system at once so far. */
  get peakBytes(): number {
    return this.#peak;
  }

  /** Serves a request; returns the size of the buffer it got, to give back. */
  take(bytes: number): number {
    const { stretch, slack } = this.#policy;
    const position = this.#free.findIndex((size) => size >= bytes);
    const found = this.#free[position];
    const fits = found !== undefined && (found === bytes || found < stretch * bytes);
    const taken = fits ? found : bytes;
    this.#usedBytes += taken;
    this.#mostUsed = Math.max(this.#mostUsed, this.#usedBytes);
    if (fits) {
      this.#free.splice(position, 1);
      this.#freeBytes -= taken;
      return taken;
    }
    while (this.#freeBytes > 0 && this.#usedBytes + this.#freeBytes > slack * this.#mostUsed) {
      this.#freeBytes -= this.#free.pop() ?? 0;
    }
    this.#peak = Math.max(this.#peak, this.#usedBytes + this.#freeBytes);
    return taken;
  }

  give(taken: number): void {
    const position = this.#free.findIndex((size) => size > taken);
    this.#free.splice(position < 0 ? this.#free.length : position, 0, taken);
    this.#usedBytes -= taken;
    this.#freeBytes += taken;
  }
}
