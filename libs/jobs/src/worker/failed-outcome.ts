import { ServiceError } from '@oneshot/service-kit';
import { diskFullReason, isDiskFull } from './disk-full.js';
import type { Outcome } from './thread-messages.js';

/** What the same attempt would meet again. */
const permanent: ReadonlySet<string> = new Set(['ARTIFACT_CORRUPT', 'ARTIFACT_NOT_FOUND']);

/**
 * How an execution ended that threw. Errors are told apart by name, since the work may have loaded
 * another copy of their classes.
 */
export function failedOutcome(error: unknown): Outcome {
  if (!(error instanceof Error)) return failed('EXECUTION_FAILED', String(error), true);
  if (error.name === 'ExecutionStopped') return { kind: 'stopped' };
  if (error.name === 'ExecutionError' && 'reason' in error && 'retryable' in error) {
    return failed(String(error.reason), error.message, error.retryable === true);
  }
  if (isDiskFull(error)) return failed(diskFullReason, 'The disk of the worker is full.', true);
  if (error instanceof ServiceError) return failed(error.reason, error.message, !permanent.has(error.reason));
  return failed('EXECUTION_FAILED', `${error.name}: ${error.message}`, true);
}

function failed(reason: string, message: string, retryable: boolean): Outcome {
  return { kind: 'failed', failure: { reason, message }, retryable };
}
