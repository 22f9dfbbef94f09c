/** Where a run stands. */
export interface Progress {
  readonly stage: 'estimate' | 'search' | 'retrain' | 'test';
  /** Epoch in progress, counted from 1. */
  readonly epoch: number;
  readonly epochs: number;
  /** Steps done in this epoch. */
  readonly step: number;
  readonly steps: number;
  /** Latest figures by name, such as `train_loss`, `train_accuracy` (a fraction). */
  readonly metrics: Readonly<Record<string, number>>;
  /** Estimated seconds to the end; null before the first step. */
  readonly etaSeconds: number | null;
}

/** Starts a clock; the function returned tells the seconds since. */
export function stopwatch(): () => number {
  const started = performance.now();
  return () => (performance.now() - started) / 1000;
}

/**
 * Estimates the time left from the steps this process has done, and holds reports back to one per
 * interval.
 */
export class Pace {
  /** Seconds since the start. */
  readonly seconds = stopwatch();
  readonly #interval: number;
  #done = 0;
  #reported = Number.NEGATIVE_INFINITY;

  /** @param interval milliseconds between reports; default 500 */
  constructor(interval = 500) {
    this.#interval = interval;
  }

  step(): void {
    this.#done++;
  }

  /** Seconds for the remaining steps; null before the first. */
  eta(remaining: number): number | null {
    return this.#done === 0 ? null : (this.seconds() / this.#done) * remaining;
  }

  /** True once per interval. */
  due(): boolean {
    const now = performance.now();
    if (now - this.#reported < this.#interval) return false;
    this.#reported = now;
    return true;
  }
}
