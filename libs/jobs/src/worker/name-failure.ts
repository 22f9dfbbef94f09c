import { ExecutionError } from './execution-error.js';

/** An error class whose errors carry a code in lower case, such as `checkpoint_corrupt`. */
export type CodedErrorClass = abstract new (...parameters: never[]) => Error & { readonly code: string };

/**
 * An error of a library as the failure of an execution: its code in capitals is the reason. Since
 * the same spec fails the same way again, it is not retried, unless its code is among `retryable`.
 * Errors of other classes are returned as they are.
 */
export function nameFailure(
  error: unknown,
  classes: readonly CodedErrorClass[],
  retryable: readonly string[] = ['disk_full'],
): unknown {
  const known = classes.some((type) => error instanceof type)
    ? (error as Error & { readonly code: string })
    : undefined;
  if (known === undefined) return error;
  return new ExecutionError({
    reason: known.code.toUpperCase().replaceAll('-', '_'),
    message: known.message,
    retryable: retryable.includes(known.code),
    cause: error,
  });
}
