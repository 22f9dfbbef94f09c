import type { Progress } from '../loop/progress.js';
import type { RunEstimate } from './estimate.js';

/** What was expected, as figures of a run's progress: `expected_peak_bytes` (where known) and `expected_epoch_seconds`. */
export function estimateMetrics({ peakBytes, secondsPerEpoch }: RunEstimate): Readonly<Record<string, number>> {
  return {
    ...(peakBytes === null ? {} : { expected_peak_bytes: peakBytes }),
    expected_epoch_seconds: secondsPerEpoch,
  };
}

/** The first progress of a run: nothing done, but what is expected known. */
export function estimateProgress(estimate: RunEstimate, epochs: number): Progress {
  return {
    stage: 'estimate',
    epoch: 0,
    epochs,
    step: 0,
    steps: estimate.stepsPerEpoch,
    metrics: estimateMetrics(estimate),
    etaSeconds: epochs * estimate.secondsPerEpoch,
  };
}
