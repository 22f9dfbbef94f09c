import type { Logger } from '@oneshot/service-kit';

export interface ProcessLauncherOptions {
  /** Worker processes at one time, over all sources. Default: one per core. */
  readonly slots?: number;
  readonly logger: Logger;
  /**
   * File descriptor that receives what workers print, such as a log file's. Default 2, this
   * process's standard error.
   */
  readonly output?: number;
  /** Time between looks at the sources, in milliseconds. Default 1000. */
  readonly pollMs?: number;
  /**
   * Pause after a worker crashed, in milliseconds; doubles with each crash in a row, up to 30
   * seconds. Default 500.
   */
  readonly restartBackoffMs?: number;
}
