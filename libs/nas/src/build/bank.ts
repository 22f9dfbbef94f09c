import type { NormSchedule } from '@oneshot/engine';

/**
 * Hands out places in the weight and statistics banks of one block, in the order of the requests.
 */
export class Bank {
  #weights = 0;
  #statistics = 0;

  get weightCount(): number {
    return this.#weights;
  }

  get statisticCount(): number {
    return this.#statistics;
  }

  /** Offset of `count` weights. */
  weights(count: number): number {
    const offset = this.#weights;
    this.#weights += count;
    return offset;
  }

  /** A norm over `channels`: statistics always, scale and shift only if `affine`. */
  norm(channels: number, affine: boolean): NormSchedule {
    const weights = affine ? this.weights(2 * channels) : 0;
    const statistics = this.#statistics;
    this.#statistics += 2 * channels;
    return { affine, weights, statistics };
  }
}
