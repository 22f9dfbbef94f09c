import type { Metadata } from '@grpc/grpc-js';
import type { Logger } from './logger.js';

/** What a handler knows of the call it serves. */
export interface CallContext {
  /** The full method name, such as `/oneshot.v1.SearcherService/GetSearch`. */
  readonly method: string;
  /** Aborted when the client cancels, the deadline passes, or the server is shut down by force. */
  readonly signal: AbortSignal;
  /**
   * Aborted as soon as the server begins to shut down: a handler that only waits should answer now.
   */
  readonly stopping: AbortSignal;
  /** When the client stops waiting; undefined for a stream without deadline. */
  readonly deadline: Date | undefined;
  readonly metadata: Metadata;
  /** The client's address. */
  readonly peer: string;
  /** Logs with the method attached. */
  readonly logger: Logger;
}
