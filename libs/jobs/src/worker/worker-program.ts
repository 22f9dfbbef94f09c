import { parseArgs } from 'node:util';
import { createLogger, runProgram } from '@oneshot/service-kit';
import { runWorker } from './run-worker.js';
import { processStopSignal } from './stop-signal.js';

/** What a launcher tells a worker program. */
export interface WorkerArguments {
  /** `host:port` of the service whose jobs are taken. */
  readonly jobs: string;
  /** `host:port` of the registry. */
  readonly registry: string;
  /** The worker ends after so many seconds without a job. Default: never. */
  readonly idleSeconds?: number;
}

/**
 * The arguments as the program is given them:
 * `--jobs HOST:PORT --registry HOST:PORT [--idle-seconds N]`.
 */
export function workerArguments({ jobs, registry, idleSeconds }: WorkerArguments): readonly string[] {
  const idle = idleSeconds === undefined ? [] : ['--idle-seconds', String(idleSeconds)];
  return ['--jobs', jobs, '--registry', registry, ...idle];
}

/**
 * The main function of a worker program.
 *
 * @param name for logs, such as `search-worker`.
 * @param executor URL of the module whose export `execute` does the work.
 */
export function workerProgram(name: string, executor: URL): void {
  runProgram(async () => {
    const { values } = parseArgs({
      options: { jobs: { type: 'string' }, registry: { type: 'string' }, 'idle-seconds': { type: 'string' } },
    });
    const { jobs, registry } = values;
    if (jobs === undefined || registry === undefined) {
      throw new Error(`${name} needs --jobs HOST:PORT and --registry HOST:PORT.`);
    }
    const idle = values['idle-seconds'];
    await runWorker({
      jobs,
      registry,
      executor,
      logger: createLogger({ name }),
      signal: processStopSignal(),
      ...(idle === undefined ? {} : { idleSeconds: Number(idle) }),
    });
  });
}
