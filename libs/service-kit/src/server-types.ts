import type { ServedService } from './handlers.js';
import type { Logger } from './logger.js';
import type { ServiceError } from './service-error.js';

export interface ServerOptions {
  /** The program's name, for logs and messages, such as `searcher`. */
  readonly name: string;
  /** Default `127.0.0.1`: reachable from this machine only. */
  readonly host?: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly services: readonly ServedService[];
  readonly logger: Logger;
  /**
   * Largest message received or sent, in bytes; a larger one is RESOURCE_EXHAUSTED. Default 4 MiB.
   */
  readonly maxMessageBytes?: number;
  /**
   * Deadline of calls with a single response whose client set none, in milliseconds. Default 60000.
   */
  readonly defaultDeadlineMs?: number;
  /** Turns an error of a library into the one a client may see; undefined leaves it INTERNAL. */
  readonly translateError?: (error: unknown) => ServiceError | undefined;
}

/**
 * A server that listens. Health (`grpc.health.v1`) and reflection are served beside the services.
 */
export interface RunningServer {
  /** `host:port`, as clients reach it. */
  readonly address: string;
  readonly port: number;
  /**
   * Turns health to NOT_SERVING, refuses new calls, and waits for the running ones; those still
   * running after `graceMs` are aborted. Endless streams are told at once through their signal.
   */
  shutdown(graceMs?: number): Promise<void>;
}
