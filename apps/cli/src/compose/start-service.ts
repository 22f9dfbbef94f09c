import { join } from 'node:path';
import { startCoordinator } from '@oneshot/coordinator';
import { evaluationWorker, startEvaluator } from '@oneshot/evaluator';
import type { Bus } from '@oneshot/events';
import { type Launcher, type LocalWorkers, workerArguments } from '@oneshot/jobs';
import { startRegistry } from '@oneshot/registry';
import { searchWorker, startSearcher } from '@oneshot/searcher';
import type { Logger, RunningServer } from '@oneshot/service-kit';
import { startTrainer, trainingWorker } from '@oneshot/trainer';
import { checkAddress } from './addresses.js';
import { needs, type ServiceAddresses, type ServiceName } from './service-names.js';
import { workerEnvironment } from './worker-environment.js';

/** What a service is given, whichever it is. */
export interface Surroundings {
  /** Where databases and artifacts are kept. */
  readonly stateFolder: string;
  readonly bus: Bus;
  readonly logger: Logger;
  /** Default `127.0.0.1`. */
  readonly host?: string | undefined;
  /** Where data sets are looked for, besides `ONESHOT_DATA`. */
  readonly dataDirs: readonly string[];
  /** Whether data sets may be named by paths, which lead anywhere on this machine. */
  readonly allowDataPaths: boolean;
  /** Whether artifacts that nothing refers to may be deleted. */
  readonly allowCleaning: boolean;
  /** Of the services this one needs. */
  readonly addresses: ServiceAddresses;
  /** Starts workers on this machine; without it they are started elsewhere. */
  readonly launcher?: Launcher | undefined;
  /** Kernel threads of each worker. Default: what a worker may use. */
  readonly threads?: number | undefined;
  /** Workers that are at work on this machine at one time, and share its memory. Default 1. */
  readonly workers?: number | undefined;
  /**
   * Whether workers on this machine go on from checkpoints of other arithmetic than theirs. Default
   * false.
   */
  readonly acceptOtherArithmetic?: boolean | undefined;
  /** Told why campaigns cannot go on for now. */
  readonly onTrouble?: ((trouble: string) => void) | undefined;
}

// Workers on this machine give their slot back soon, since the next job may be another service's.
const idleSeconds = 0.5;

/**
 * Starts one service. Throws ServiceError FAILED_PRECONDITION if an address it needs is missing or
 * no address.
 */
export function startService(name: ServiceName, port: number, surroundings: Surroundings): Promise<RunningServer> {
  const { stateFolder, bus, host, dataDirs, launcher, threads, workers, acceptOtherArithmetic } = surroundings;
  const address = (service: ServiceName) => checkAddress(name, service, surroundings.addresses[service]);
  for (const needed of needs[name]) address(needed);
  const common = {
    database: { driver: 'sqlite', path: join(stateFolder, `${name}.sqlite`) },
    bus,
    port,
    logger: surroundings.logger.child({ service: name }),
    ...(host === undefined ? {} : { host }),
  } as const;
  const data = { dir: dataDirs, paths: surroundings.allowDataPaths };
  const workersOf = (program: URL): { workers?: LocalWorkers } => {
    if (launcher === undefined) return {};
    const registry = address('registry');
    const env = workerEnvironment({ dataDirs, threads, workers, acceptOtherArithmetic });
    return {
      workers: {
        launcher,
        source: (jobs) => ({ program, args: workerArguments({ jobs, registry, idleSeconds }), env }),
      },
    };
  };
  switch (name) {
    case 'registry':
      return startRegistry({
        ...common,
        artifacts: { driver: 'files', directory: join(stateFolder, 'artifacts') },
        allowCleaning: surroundings.allowCleaning,
      });
    case 'searcher':
      return startSearcher({ ...common, data, registry: address('registry'), ...workersOf(searchWorker) });
    case 'trainer':
      return startTrainer({ ...common, data, registry: address('registry'), ...workersOf(trainingWorker) });
    case 'evaluator':
      return startEvaluator({ ...common, data, registry: address('registry'), ...workersOf(evaluationWorker) });
    case 'coordinator':
      return startCoordinator({
        ...common,
        data,
        registry: address('registry'),
        searcher: address('searcher'),
        trainer: address('trainer'),
        evaluator: address('evaluator'),
        onTrouble: surroundings.onTrouble,
      });
  }
}
