/** A failure the work can name. */
export class ExecutionError extends Error {
  override readonly name = 'ExecutionError';
  /** A word a program can match, such as `CHECKPOINT_CORRUPT`. */
  readonly reason: string;
  /** Whether another attempt could succeed. Errors of any other class count as retryable. */
  readonly retryable: boolean;

  constructor(options: { reason: string; message: string; retryable: boolean; cause?: unknown }) {
    super(options.message, options.cause === undefined ? undefined : { cause: options.cause });
    this.reason = options.reason;
    this.retryable = options.retryable;
  }
}

/** Thrown by work that stopped because it was asked to. */
export class ExecutionStopped extends Error {
  override readonly name = 'ExecutionStopped';
}
