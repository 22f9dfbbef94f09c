import { backendInfo } from '@oneshot/engine';
import type { Progress } from '../loop/progress.js';
import type { RunEstimate } from './estimate.js';

type Report = (progress: Progress) => void;

/**
 * A run's report of its progress with what is expected of the run among its figures, as
 * `expected_peak_bytes` (where known) and `expected_epoch_seconds`; `reference_backend` is 1 where
 * the slow backend computes, and else absent. They are told at once, before the first step. Where
 * nothing is trained, nothing is expected.
 */
export function reportExpected(estimate: RunEstimate | null, epochs: number, report: Report): Report {
  if (estimate === null) return report;
  const { peakBytes, secondsPerEpoch, stepsPerEpoch: steps } = estimate;
  const expected = {
    ...(peakBytes === null ? {} : { expected_peak_bytes: peakBytes }),
    expected_epoch_seconds: secondsPerEpoch,
    ...(backendInfo().name === 'reference' ? { reference_backend: 1 } : {}),
  };
  const etaSeconds = epochs * secondsPerEpoch;
  report({ stage: 'estimate', epoch: 0, epochs, step: 0, steps, metrics: expected, etaSeconds });
  return (progress) => report({ ...progress, metrics: { ...expected, ...progress.metrics } });
}
