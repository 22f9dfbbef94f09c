import { tabularFault } from '@oneshot/benchmarks';
import {
  CoordinatorServiceService,
  EvaluatorServiceClient,
  RegistryServiceClient,
  SearcherServiceClient,
  TrainerServiceClient,
} from '@oneshot/contracts';
import { dataDirectories, identifySpecData, type LocateOptions } from '@oneshot/data';
import { type Bus, migrateEvents, startRelay } from '@oneshot/events';
import { createRunStore, migrateRuns, storageErrorForClients } from '@oneshot/jobs';
import { connect, type Logger, type RunningServer, serve, startServer } from '@oneshot/service-kit';
import { type DatabaseLocation, openDatabase } from '@oneshot/storage';
import { readCampaign } from './campaign/read-campaign.js';
import { createConclude } from './drive/conclude.js';
import { createMemberServices } from './drive/member-services.js';
import { createNoteScores } from './drive/note-scores.js';
import { startReconciler } from './drive/reconciler.js';
import { createCampaignHandlers } from './service/campaign-handlers.js';
import { createCampaignStore } from './store/campaign-store.js';
import { migrateCampaigns } from './store/migrations.js';
import type { CoordinatorTables } from './store/tables.js';

export interface CoordinatorOptions {
  readonly database: DatabaseLocation;
  readonly bus: Bus;
  /** Default `127.0.0.1`. */
  readonly host?: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly logger: Logger;
  /** `host:port` of each service a campaign needs. */
  readonly registry: string;
  readonly searcher: string;
  readonly trainer: string;
  readonly evaluator: string;
  /** Where data sets are looked for. */
  readonly data?: LocateOptions;
  /** Told why a campaign cannot go on for now, once per reason; it is tried again all the same. */
  readonly onTrouble?: ((trouble: string) => void) | undefined;
  /**
   * Time between looks at member runs when no event tells of a change, in milliseconds. Default
   * 1000.
   */
  readonly intervalMs?: number;
}

/** Starts the coordinator; campaigns that were not finished when it last stopped go on. */
export async function startCoordinator(options: CoordinatorOptions): Promise<RunningServer> {
  const { bus, logger } = options;
  const database = await openDatabase<CoordinatorTables>(options.database);
  await migrateEvents(database);
  await migrateRuns(database);
  await migrateCampaigns(database);
  const runs = createRunStore({ database, kind: 'campaign' });
  const campaigns = createCampaignStore(database);
  const relay = startRelay({
    database,
    bus,
    onError: (error) => logger.warn({ error: String(error) }, 'cannot publish events now; trying again'),
  });
  const stopListening = runs.onChange((id) => {
    relay.wake();
    campaigns.touch(id).catch((error: unknown) => logger.error({ error: String(error) }, 'cannot number a change'));
  });
  const clients = {
    registry: connect(RegistryServiceClient, options.registry),
    searcher: connect(SearcherServiceClient, options.searcher),
    trainer: connect(TrainerServiceClient, options.trainer),
    evaluator: connect(EvaluatorServiceClient, options.evaluator),
  };
  const reconciler = startReconciler({
    runs,
    campaigns,
    services: createMemberServices(clients),
    conclude: createConclude(campaigns, clients.evaluator, clients.registry),
    noteScores: createNoteScores(campaigns, clients.registry),
    logger,
    ...(options.onTrouble === undefined ? {} : { onTrouble: options.onTrouble }),
    ...(options.intervalMs === undefined ? {} : { intervalMs: options.intervalMs }),
  });
  const subscription = await bus.subscribe({
    durable: 'coordinator-member-runs',
    types: ['oneshot.search.*', 'oneshot.training.*', 'oneshot.evaluation.*'],
    // An event is only a hint that looking is worth while: what to do is decided by the state
    // found, so it may come twice or not at all.
    deliver: ({ subject }) =>
      reconciler.wakeRun(subject).catch((error: unknown) => logger.warn({ error: String(error) }, 'event not taken')),
  });

  async function close(): Promise<void> {
    for (const client of Object.values(clients)) client.close();
    await reconciler.stop();
    await subscription.close();
    stopListening();
    await relay.close();
    await database.close();
  }

  const handlers = createCampaignHandlers({
    runs,
    campaigns,
    reconciler,
    validate: (spec) =>
      readCampaign(spec, {
        identifyData: (data, path) => identifySpecData(data, options.data, path),
        tabularFault: (name) => tabularFault(name, dataDirectories(options.data)),
      }),
  });
  try {
    const server = await startServer({
      name: 'coordinator',
      ...(options.host === undefined ? {} : { host: options.host }),
      port: options.port,
      logger,
      services: [serve(CoordinatorServiceService, handlers)],
      translateError: storageErrorForClients,
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
