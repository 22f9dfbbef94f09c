import type { Logger } from './logger.js';
import { ServiceError } from './service-error.js';

/**
 * Calls `stop` on the first SIGTERM or SIGINT and exits when it is done: with 0, or with 1 if it
 * fails or takes longer than `forceAfterMs`. A second signal exits at once.
 */
export function onTermination(stop: () => Promise<void>, logger: Logger, forceAfterMs = 30_000): void {
  let asked = false;
  const handle = (signal: NodeJS.Signals) => {
    if (asked) process.exit(1);
    asked = true;
    logger.info({ signal }, 'stopping');
    setTimeout(() => {
      logger.error('did not stop in time');
      process.exit(1);
    }, forceAfterMs).unref();
    stop().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'could not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.on('SIGTERM', handle);
  process.on('SIGINT', handle);
}

/**
 * Runs a program's start; a failure a person can mend is one plain sentence on standard error and
 * exit code 1, without a stack.
 */
export function runProgram(start: () => Promise<void>): void {
  start().catch((error: unknown) => {
    const plain = error instanceof ServiceError || (error instanceof Error && error.name === 'StorageError');
    process.stderr.write(
      `${plain || !(error instanceof Error) ? String((error as Error).message ?? error) : error.stack}\n`,
    );
    process.exit(1);
  });
}
