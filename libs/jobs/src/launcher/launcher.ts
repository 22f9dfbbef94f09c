/** Work that wants workers: one service's queue, and the program that takes its jobs. */
export interface WorkerSource {
  /** For logs, such as `searcher`. */
  readonly name: string;
  /** The worker program: a JavaScript file. */
  readonly program: URL;
  readonly args: readonly string[];
  /** Added to this process's environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** How many jobs wait for a worker. */
  readonly waiting: () => Promise<number>;
  /**
   * Calls its listener when `waiting` may have changed; returns how to stop. Without it the
   * launcher only polls.
   */
  readonly onChange?: (listener: () => void) => () => void;
}

/** Starts workers where jobs wait for them. */
export interface Launcher {
  /** Starts workers for this source from now on. */
  serve(source: WorkerSource): void;
  /** Asks every worker to stop, and ends those that have not after `graceMs` (default 25000). */
  stop(graceMs?: number): Promise<void>;
}
