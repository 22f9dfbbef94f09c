import { totalmem } from 'node:os';
import type { Precision } from '@oneshot/engine';
import { TrainingError } from '../errors.js';

/** What a run's memory depends on and a user can change without changing what is learned much. */
export interface Size {
  /** Images per batch. */
  readonly batch: number;
  readonly recompute: boolean;
  /** Absent: `float32`. */
  readonly precision?: Precision;
}

/** What the run's process and its neighbours may take. */
export interface MemoryLimit {
  readonly bytes: number;
  /** Processes that work beside each other under the limit, this one included. */
  readonly workers: number;
}

/**
 * What this process may take: the container's limit where there is one below the machine's memory,
 * else that.
 */
export function memoryLimitBytes(): number {
  const constrained = process.constrainedMemory();
  return constrained !== undefined && constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
}

/**
 * Throws TrainingError `too_large` where a run of `size` cannot fit, with every option that would
 * make it fit. `peakOf` gives the bytes of one process at its peak.
 */
export function checkFits(peakOf: (size: Size) => number, size: Size, { bytes, workers }: MemoryLimit): void {
  const fits = (at: Size, beside: number) => peakOf(at) * beside <= bytes;
  if (fits(size, workers)) return;
  const ways: string[] = [];
  if (workers > 1) {
    const fewer = Math.floor(bytes / peakOf(size));
    if (fewer >= 1) ways.push(`--workers ${fewer}`);
  }
  if (!size.recompute && fits({ ...size, recompute: true }, workers)) {
    ways.push(`recompute: true (${inGibibytes(peakOf({ ...size, recompute: true }))} each)`);
  }
  if (size.precision !== 'bf16' && fits({ ...size, precision: 'bf16' }, workers)) {
    ways.push(`precision: bf16 (${inGibibytes(peakOf({ ...size, precision: 'bf16' }))} each)`);
  }
  const batch = largestBatch((count) => fits({ ...size, batch: count }, workers), size.batch);
  if (batch > 0) ways.push(`batch: ${batch}`);
  const found = `found ${inGibibytes(peakOf(size))} at the peak${workers > 1 ? ` of each of ${workers} workers` : ''}`;
  const advice =
    ways.length > 0 ? `it fits with ${ways.join(', or ')}` : 'it fits with fewer channels, cells or nodes of the space';
  const message = `${found}; allowed ${inGibibytes(bytes)} in all: ${advice}`;
  throw new TrainingError('too_large', [{ path: 'memory', message }]);
}

/** The largest batch below `from` that fits, 0 if none does; memory grows with the batch. */
function largestBatch(fits: (batch: number) => boolean, from: number): number {
  let [low, high] = [0, from];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function inGibibytes(bytes: number): string {
  return `${(bytes / 2 ** 30).toFixed(bytes < 2 ** 30 ? 2 : 1)} GiB`;
}
