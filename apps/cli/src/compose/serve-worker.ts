import { evaluationWorker } from '@oneshot/evaluator';
import { runWorker } from '@oneshot/jobs';
import { searchWorker } from '@oneshot/searcher';
import { createLogger } from '@oneshot/service-kit';
import { trainingWorker } from '@oneshot/trainer';
import { checkAddress } from './addresses.js';
import type { ServiceAddresses, ServiceName, WorkerKind } from './service-names.js';
import { workerEnvironment } from './worker-environment.js';

export interface ServeWorkerOptions {
  readonly kind: WorkerKind;
  /** Of the registry and of the service whose jobs are taken. */
  readonly addresses: ServiceAddresses;
  /** Where data sets are looked for, besides `ONESHOT_DATA`. */
  readonly dataDirs: readonly string[];
  /** Kernel threads. Default: what the process may use. */
  readonly threads?: number;
  /** Whether it goes on from checkpoints of other arithmetic than this machine's. Default false. */
  readonly acceptOtherArithmetic?: boolean | undefined;
  /** Ends the worker; a job in hand is given back with its last checkpoint. */
  readonly signal: AbortSignal;
}

const kinds: Readonly<Record<WorkerKind, { readonly service: ServiceName; readonly program: URL }>> = {
  search: { service: 'searcher', program: searchWorker },
  training: { service: 'trainer', program: trainingWorker },
  evaluation: { service: 'evaluator', program: evaluationWorker },
};

/** Works on jobs of one kind in this process until the signal is aborted. */
export async function serveWorker(options: ServeWorkerOptions): Promise<void> {
  const { service, program } = kinds[options.kind];
  const who = `${options.kind} worker`;
  const jobs = checkAddress(who, service, options.addresses[service]);
  const registry = checkAddress(who, 'registry', options.addresses.registry);
  // The thread that computes inherits this process's environment.
  Object.assign(process.env, workerEnvironment(options));
  await runWorker({
    jobs,
    registry,
    executor: new URL('./execute.js', program),
    logger: createLogger({ name: `${options.kind}-worker` }),
    signal: options.signal,
  });
}
