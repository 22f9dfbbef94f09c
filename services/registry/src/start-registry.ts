import { RegistryServiceService } from '@oneshot/contracts';
import { type Bus, migrateEvents, startRelay } from '@oneshot/events';
import { storageErrorForClients } from '@oneshot/jobs';
import { type Logger, type RunningServer, serve, startServer } from '@oneshot/service-kit';
import { type ArtifactLocation, type DatabaseLocation, openArtifactStore, openDatabase } from '@oneshot/storage';
import { createArtifactUse } from './artifact-use.js';
import { registryHandlers } from './registry-handlers.js';
import { migrateRegistry, type RegistryTables } from './tables.js';

export interface RegistryOptions {
  readonly database: DatabaseLocation;
  readonly artifacts: ArtifactLocation;
  readonly bus: Bus;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly logger: Logger;
  /** Larger artifacts are refused before a byte is taken. Default 2 GiB. */
  readonly largestArtifactBytes?: number;
  /** Whether `CleanArtifacts` may delete what nothing refers to. Default: false. */
  readonly allowCleaning?: boolean;
}

const twoGibibytes = 2 * 1024 ** 3;

/** Starts the registry. It tells `oneshot.genotype.registered` and `oneshot.model.exported`. */
export async function startRegistry(options: RegistryOptions): Promise<RunningServer> {
  const { bus, logger, largestArtifactBytes = twoGibibytes, allowCleaning = false } = options;
  const artifacts = await openArtifactStore(options.artifacts);
  const database = await openDatabase<RegistryTables>(options.database);
  await migrateEvents(database);
  await migrateRegistry(database);
  const use = createArtifactUse(database);
  const handlers = registryHandlers({ database, artifacts, largestArtifactBytes, use, allowCleaning });
  const relay = startRelay({
    database,
    bus,
    onError: (error) => logger.warn({ err: error }, 'cannot publish events now; trying again'),
  });
  const close = async () => {
    await relay.close();
    await database.close();
  };
  try {
    const server = await startServer({
      name: 'registry',
      port: options.port,
      logger,
      services: [serve(RegistryServiceService, handlers)],
      translateError: storageErrorForClients,
      ...(options.host === undefined ? {} : { host: options.host }),
    });
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
