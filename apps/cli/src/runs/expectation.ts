import type { Run } from '@oneshot/contracts';
import { secondsText } from '../output/duration.js';
import { sizeText } from '../output/size.js';

/** What a run is expected to take, as its worker told before it started. */
export interface Expectation {
  /** Memory of its process at the peak; unknown on some backends. */
  readonly peakBytes: number | undefined;
  readonly epochSeconds: number;
  /** Whether the reference backend computes, which is many times slower than the native one. */
  readonly reference: boolean;
}

/** `undefined` until the worker has told. */
export function expectationOf(run: Run): Expectation | undefined {
  const metrics = run.progress?.metrics ?? {};
  const { expected_peak_bytes: peakBytes, expected_epoch_seconds: epochSeconds, reference_backend } = metrics;
  return epochSeconds === undefined ? undefined : { peakBytes, epochSeconds, reference: reference_backend === 1 };
}

/** Such as `expected: 1.3 GiB of memory at the peak, 0:35 per epoch`. */
export function expectationText({ peakBytes, epochSeconds, reference }: Expectation): string {
  const memory = peakBytes === undefined ? [] : [`${sizeText(peakBytes)} of memory at the peak`];
  const slow = reference
    ? ['many times slower than the native engine, which does not run here: oneshot doctor says why']
    : [];
  return `expected: ${[...memory, `${secondsText(epochSeconds)} per epoch`, ...slow].join(', ')}`;
}
