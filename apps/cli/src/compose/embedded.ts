import { mkdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { createInProcessBus } from '@oneshot/events';
import { createProcessLauncher, translateStorageError } from '@oneshot/jobs';
import { checkHealth, createLogger, type RunningServer } from '@oneshot/service-kit';
import { openLogFile } from './log-file.js';
import { type ServiceAddresses, type ServiceName, serviceNames } from './service-names.js';
import { startService } from './start-service.js';
import { acquireLock, StateFolderInUse, type StateLock } from './state-lock.js';

export interface EmbeddedOptions {
  /** Folder of databases, artifacts and the log; created when missing. */
  readonly dataDir: string;
  /** Where data sets are looked for, besides `ONESHOT_DATA`. Default: nowhere else. */
  readonly dataDirs?: readonly string[];
  /**
   * Runs worked on at once, each in a process of its own. Default: one per core. 0: none, runs are
   * only looked at.
   */
  readonly workers?: number;
  /**
   * Runs there will be at one time at the most, where fewer than workers: how many share the
   * memory.
   */
  readonly runsAtOnce?: number | undefined;
  /** Kernel threads of each worker. Default 1. */
  readonly threads?: number;
  /** Whether runs go on from checkpoints of other arithmetic than this machine's. Default false. */
  readonly acceptOtherArithmetic?: boolean | undefined;
  /**
   * Told why campaigns cannot go on for now, such as a full disk; they are tried again all the
   * same.
   */
  readonly onTrouble?: (trouble: string) => void;
}

/** All services, in this process. */
export interface Embedded {
  readonly addresses: Readonly<Required<ServiceAddresses>>;
  /** Ends workers, which save checkpoints, then services. */
  shutdown(): Promise<void>;
}

/** How long the services of another process are waited for. */
const answerMs = 5000;

/**
 * Starts the five services on free ports of this machine's loopback, with SQLite, files, a bus
 * within the process, and workers as child processes. One process at a time works in a state
 * folder; without workers, the services of the process that does are used instead.
 *
 * @throws StateFolderInUse
 */
export async function startEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  const stateFolder = resolve(options.dataDir);
  mkdirSync(stateFolder, { recursive: true });
  let locks: readonly StateLock[];
  try {
    locks = lockAll(stateFolder);
  } catch (error) {
    if (options.workers !== 0 || !(error instanceof StateFolderInUse)) throw error;
    const serving = completeAddresses(error.holder?.addresses ?? {});
    // The holder may be in a container of its own, whose loopback addresses lead nowhere from here.
    if (serving === undefined || !(await allServe(serving))) throw error;
    return { addresses: serving, shutdown: async () => undefined };
  }
  const releaseAll = () => {
    for (const lock of locks) lock.release();
  };
  const log = openLogFile(stateFolder);
  const logger = createLogger({ name: 'oneshot', destination: log.destination });
  const launcher =
    options.workers === 0
      ? undefined
      : createProcessLauncher({
          logger,
          output: log.descriptor,
          ...(options.workers === undefined ? {} : { slots: options.workers }),
        });
  const bus = createInProcessBus();
  const servers: RunningServer[] = [];
  const shutdown = async () => {
    await launcher?.stop();
    for (const server of servers.reverse()) await server.shutdown(5000);
    await bus.close();
    releaseAll();
    log.close();
  };
  try {
    const addresses: Partial<Record<ServiceName, string>> = {};
    for (const name of serviceNames) {
      const server = await startService(name, 0, {
        stateFolder,
        bus,
        logger,
        dataDirs: options.dataDirs ?? [],
        // Whoever reaches this machine's loopback may be taken for its user, who names folders of
        // images by their paths.
        allowDataPaths: true,
        allowCleaning: true,
        addresses,
        launcher,
        threads: options.threads ?? 1,
        workers: Math.min(options.workers ?? availableParallelism(), options.runsAtOnce ?? Number.POSITIVE_INFINITY),
        acceptOtherArithmetic: options.acceptOtherArithmetic,
        onTrouble: options.onTrouble,
      });
      servers.push(server);
      addresses[name] = server.address;
    }
    const complete = completeAddresses(addresses);
    if (complete === undefined) throw new Error('A service has no address.');
    for (const lock of locks) lock.describe(complete);
    return { addresses: complete, shutdown };
  } catch (error) {
    await shutdown();
    throw translateStorageError(error) ?? error;
  }
}

/** The lock of every service's part of the folder; none is kept if one is refused. */
function lockAll(stateFolder: string): readonly StateLock[] {
  const locks: StateLock[] = [];
  try {
    for (const name of serviceNames) locks.push(acquireLock(join(stateFolder, `${name}.lock`)));
  } catch (error) {
    for (const lock of locks) lock.release();
    throw error;
  }
  return locks;
}

async function allServe(addresses: Embedded['addresses']): Promise<boolean> {
  const serves = await Promise.all(Object.values(addresses).map((address) => checkHealth(address, '', answerMs)));
  return serves.every(Boolean);
}

function completeAddresses(addresses: Readonly<Record<string, string | undefined>>): Embedded['addresses'] | undefined {
  const { registry, searcher, trainer, evaluator, coordinator } = addresses;
  if (!registry || !searcher || !trainer || !evaluator || !coordinator) return undefined;
  return { registry, searcher, trainer, evaluator, coordinator };
}
