import { randomStream } from '@oneshot/engine';

/** Random choices that a seed repeats. */
export class Random {
  readonly #seed: number;
  #block = 0;
  #drawn: Float32Array | Float64Array = new Float64Array(0);
  #used = 0;

  constructor(seed: number) {
    this.#seed = seed;
  }

  /** At least 0, below 1. */
  fraction(): number {
    if (this.#used === this.#drawn.length) {
      // A stream gives the same numbers whenever it is asked.
      this.#drawn = randomStream(this.#seed, 'fuzz', this.#block).uniform(4096);
      this.#block += 1;
      this.#used = 0;
    }
    this.#used += 1;
    return this.#drawn[this.#used - 1] ?? 0;
  }

  below(limit: number): number {
    return Math.min(limit - 1, Math.floor(this.fraction() * limit));
  }

  chance(probability: number): boolean {
    return this.fraction() < probability;
  }

  /** One of at least one. */
  of<Item>(items: readonly Item[]): Item {
    if (items.length === 0) throw new Error('nothing to choose from');
    return items[this.below(items.length)] as Item;
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.below(256));
  }
}
