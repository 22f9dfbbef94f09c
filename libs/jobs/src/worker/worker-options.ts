import type { Logger } from '@oneshot/service-kit';

export interface WorkerOptions {
  /** `host:port` of the service whose jobs are taken. */
  readonly jobs: string;
  /** `host:port` of the registry. */
  readonly registry: string;
  /** URL of the module whose export `execute` does the work; it runs in a thread of its own. */
  readonly executor: URL;
  readonly logger: Logger;
  /** Default: host name, process id and a random part. */
  readonly workerId?: string;
  /**
   * Ends the worker: it is given `stopGraceMs` to save a checkpoint, then the job is given back.
   */
  readonly signal: AbortSignal;
  /** Default 20000. */
  readonly stopGraceMs?: number;
  /** The worker ends after so many seconds without a job. Default: never. */
  readonly idleSeconds?: number;
  /** Where temporary files go. Default: the system's folder for them. */
  readonly directory?: string;
}
