import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInProcessBus, createNatsBus } from '@oneshot/events';
import { createProcessLauncher, translateStorageError } from '@oneshot/jobs';
import { createLogger, type Logger } from '@oneshot/service-kit';
import type { ServiceAddresses, ServiceName } from './service-names.js';
import { startService } from './start-service.js';
import { acquireLock } from './state-lock.js';

export interface ServeOptions {
  readonly service: ServiceName;
  /** Default `127.0.0.1`: reachable from this machine only. */
  readonly host?: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** Folder of this service's database (and the registry's artifacts). */
  readonly stateFolder: string;
  /** Where data sets are looked for, besides `ONESHOT_DATA`. */
  readonly dataDirs: readonly string[];
  /**
   * Whether data sets may be named by paths, which lead anywhere on this machine. Default: false.
   */
  readonly allowDataPaths?: boolean;
  /** Whether the registry may delete artifacts that nothing refers to. Default: false. */
  readonly allowCleaning?: boolean;
  /** Of the services this one needs. */
  readonly addresses: ServiceAddresses;
  /**
   * NATS servers, `host:port` or `nats://host:port`. None: events stay in this process, and others
   * find out by asking.
   */
  readonly nats: readonly string[];
  /** Tells installations that share NATS servers apart. Default: the one without a name. */
  readonly installation?: string | undefined;
  /** Worker processes on this machine; 0: workers are started elsewhere. */
  readonly workers: number;
  /** Kernel threads of each worker. Default: what a worker may use. */
  readonly threads?: number;
  /**
   * Whether these workers go on from checkpoints of other arithmetic than theirs. Default false.
   */
  readonly acceptOtherArithmetic?: boolean | undefined;
  readonly logger?: Logger;
}

/** One service of a distributed installation. */
export interface Serving {
  readonly address: string;
  shutdown(): Promise<void>;
}

/**
 * Starts one service in this process. Services may start in any order: each waits for those it
 * needs.
 */
export async function serveService(options: ServeOptions): Promise<Serving> {
  const { service } = options;
  const logger = options.logger ?? createLogger({ name: service });
  const stateFolder = resolve(options.stateFolder);
  mkdirSync(stateFolder, { recursive: true });
  const lock = acquireLock(join(stateFolder, `${service}.lock`));
  if (options.nats.length === 0) logger.warn('no NATS server was given: events do not leave this process');
  const bus =
    options.nats.length === 0
      ? createInProcessBus()
      : createNatsBus({
          servers: options.nats,
          name: service,
          installation: options.installation,
          onError: (error) => logger.warn({ error: String(error) }, 'trouble with NATS; trying again'),
        });
  const launcher = options.workers === 0 ? undefined : createProcessLauncher({ logger, slots: options.workers });
  const close = async () => {
    await bus.close();
    lock.release();
  };
  try {
    const server = await startService(service, options.port, {
      stateFolder,
      bus,
      logger,
      host: options.host,
      dataDirs: options.dataDirs,
      allowDataPaths: options.allowDataPaths ?? false,
      allowCleaning: options.allowCleaning ?? false,
      addresses: options.addresses,
      launcher,
      threads: options.threads,
      workers: options.workers,
      acceptOtherArithmetic: options.acceptOtherArithmetic,
    });
    lock.describe({ [service]: server.address });
    return {
      address: server.address,
      async shutdown() {
        await launcher?.stop();
        await server.shutdown();
        await close();
      },
    };
  } catch (error) {
    await launcher?.stop(0);
    await close();
    throw translateStorageError(error) ?? error;
  }
}
