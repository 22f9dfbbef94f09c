import type { DatasetPart } from '@oneshot/data';
import { imagesOf } from './classify.js';
import type { Classifier } from './session.js';

/** Times of single runs, in milliseconds. */
export interface Latency {
  readonly median: number;
  readonly p95: number;
}

/** The same, for a batch size and a number of threads. */
export interface LatencyRow extends Latency {
  readonly batch: number;
  readonly threads: number;
  readonly imagesPerSecond: number;
}

/**
 * Times runs of `batch` images, after warm-up runs that are not counted: ten of single images, up
 * to three of more.
 *
 * @param runs at least 1
 */
export async function measureLatency(
  classifier: Classifier,
  part: DatasetPart,
  { runs, batch = 1, signal }: { runs: number; batch?: number; signal?: AbortSignal | undefined },
): Promise<Latency> {
  const warmUp = batch === 1 ? 10 : Math.min(3, runs);
  const times: number[] = [];
  for (let run = -warmUp; run < runs; run++) {
    signal?.throwIfAborted();
    const first = ((run + warmUp) * batch) % Math.max(1, part.count - batch + 1);
    const pixels = imagesOf(part, first, batch);
    const started = performance.now();
    await classifier.run(pixels, batch);
    if (run >= 0) times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return { median: quantile(times, 0.5), p95: quantile(times, 0.95) };
}

/** Nearest-rank quantile of sorted values. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}
