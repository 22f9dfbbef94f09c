import { Code, ServiceError } from '@oneshot/service-kit';
import { StorageError } from '@oneshot/storage';

const passingCodes: ReadonlySet<Code> = new Set([
  Code.UNAVAILABLE,
  Code.DEADLINE_EXCEEDED,
  Code.ABORTED,
  Code.CANCELLED,
]);
const unexpectedCodes: ReadonlySet<Code> = new Set([Code.INTERNAL, Code.UNKNOWN]);
const passingFaults: ReadonlySet<string> = new Set(['DISK_FULL', 'DATABASE_BUSY']);

/**
 * What may be hoped for after a failure: it is `passing` if the same step is likely to succeed
 * later, such as when a service is away or a disk full; `permanent` if it will fail for ever, such
 * as for bad input or damaged data; `unexpected` if nobody foresaw it.
 */
export function natureOf(error: unknown): 'passing' | 'permanent' | 'unexpected' {
  if (error instanceof StorageError) return passingFaults.has(error.fault) ? 'passing' : 'permanent';
  if (!(error instanceof ServiceError)) return 'unexpected';
  if (passingCodes.has(error.code) || passingFaults.has(error.reason)) return 'passing';
  return unexpectedCodes.has(error.code) ? 'unexpected' : 'permanent';
}

/** A run that succeeded, but whose result is not what its service promises. */
export class BrokenResult extends Error {
  override readonly name = 'BrokenResult';
}

/** The word and the sentence that tell of a failure. */
export function failureOf(error: unknown): { readonly reason: string; readonly message: string } {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof ServiceError) return { reason: error.reason, message };
  if (error instanceof StorageError) return { reason: error.fault, message };
  return { reason: error instanceof BrokenResult ? 'RESULT_INVALID' : 'INTERNAL', message };
}
