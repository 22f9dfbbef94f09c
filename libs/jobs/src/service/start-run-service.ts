import { JobServiceService } from '@oneshot/contracts';
import { type Bus, migrateEvents, startRelay } from '@oneshot/events';
import {
  type FieldFault,
  type Logger,
  type RunningServer,
  type ServedService,
  serve,
  startServer,
} from '@oneshot/service-kit';
import { type DatabaseLocation, openDatabase } from '@oneshot/storage';
import type { Launcher, WorkerSource } from '../launcher/launcher.js';
import { createJobQueue } from '../queue/job-queue.js';
import type { JsonObject } from '../runs/run-record.js';
import { createRunStore } from '../runs/run-store.js';
import type { RunStoreOptions } from '../runs/run-store-types.js';
import { migrateRuns, type RunTables } from '../runs/tables.js';
import { createJobHandlers } from './job-handlers.js';
import { createRunHandlers, type RunHandlers, type SpecValidation } from './run-handlers.js';
import { storageErrorForClients } from './translate-storage-error.js';

/** Starts the workers of a service as processes on this machine. */
export interface LocalWorkers {
  readonly launcher: Launcher;
  /** What the launcher starts, given the address of the service. */
  readonly source: (jobs: string) => Pick<WorkerSource, 'program' | 'args' | 'env'>;
}

export interface RunServiceOptions {
  /** The service's name, such as `searcher`. */
  readonly name: string;
  readonly kind: RunStoreOptions['kind'];
  readonly database: DatabaseLocation;
  readonly bus: Bus;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly logger: Logger;
  /** Checks a spec and brings it into canonical form. */
  readonly validate: (spec: unknown) => SpecValidation | Promise<SpecValidation>;
  /** Whether everything that a result names is still stored, unharmed. Default: always. */
  readonly isWhole?: (result: JsonObject) => Promise<boolean>;
  /**
   * Whether the registry has the bytes of that digest, unharmed: asked for every checkpoint before
   * it is recorded.
   */
  readonly isStored: (digest: string) => Promise<boolean>;
  /**
   * Everything that is wrong with a result for a run with this spec; one with faults is refused.
   */
  readonly resultFaults: (
    result: JsonObject,
    spec: JsonObject,
  ) => readonly FieldFault[] | Promise<readonly FieldFault[]>;
  /**
   * The services under their own names, over the five methods that all services with runs share.
   */
  readonly services: (runs: RunHandlers) => readonly ServedService[];
  /**
   * Without it, workers are started by someone else and lease their jobs from the service's
   * address.
   */
  readonly workers?: LocalWorkers;
  /** How long a lease lasts without a heartbeat, in milliseconds. Default 15000. */
  readonly leaseMs?: number;
  /** Pause after a run's first failure, in milliseconds; later ones are longer. Default 1000. */
  readonly backoffMs?: number;
}

/**
 * Runs a service whose runs are done by workers: its own methods, the job service, the outbox's
 * relay and, if asked for, the workers. Shutting down ends them in the opposite order; the launcher
 * is stopped by whoever created it, before.
 */
export async function startRunService(options: RunServiceOptions): Promise<RunningServer> {
  const { name, logger } = options;
  const database = await openDatabase<RunTables>(options.database);
  await migrateEvents(database);
  await migrateRuns(database);
  const runs = createRunStore({ database, kind: options.kind });
  const relay = startRelay({
    database,
    bus: options.bus,
    onError: (error) => logger.warn({ error: String(error) }, 'cannot publish events now; trying again'),
  });
  const stopWaking = runs.onChange(() => relay.wake());
  const queue = await createJobQueue({
    runs,
    database,
    resultFaults: options.resultFaults,
    ...(options.leaseMs === undefined ? {} : { leaseMs: options.leaseMs }),
    ...(options.backoffMs === undefined ? {} : { backoffMs: options.backoffMs }),
  });
  const handlers = createRunHandlers({ runs, validate: options.validate, isWhole: options.isWhole });

  async function close(): Promise<void> {
    stopWaking();
    await queue.close();
    await relay.close();
    await database.close();
  }

  try {
    const server = await startServer({
      name,
      ...(options.host === undefined ? {} : { host: options.host }),
      port: options.port,
      logger,
      services: [
        ...options.services(handlers),
        serve(JobServiceService, createJobHandlers({ queue, isStored: options.isStored })),
      ],
      translateError: storageErrorForClients,
    });
    if (options.workers !== undefined) {
      const { launcher, source } = options.workers;
      launcher.serve({
        name,
        ...source(server.address),
        waiting: () => queue.waiting(),
        onChange: (listener) => runs.onChange(() => listener()),
      });
    }
    return {
      ...server,
      async shutdown(graceMs) {
        await server.shutdown(graceMs);
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
