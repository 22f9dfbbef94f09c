import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  RegistryServiceClient,
  type RegistryServiceService,
  SearcherServiceClient,
  SearcherServiceService,
} from '@oneshot/contracts';
import { createInProcessBus } from '@oneshot/events';
import {
  connect,
  createLogger,
  fieldFaultOf,
  type RunningServer,
  type ServiceClient,
  serve,
} from '@oneshot/service-kit';
import { areStored } from '../client/are-stored.js';
import type { Launcher } from '../launcher/launcher.js';
import { startRunService } from '../service/start-run-service.js';
import { workerArguments } from '../worker/worker-program.js';
import { startArtifactRegistry } from './artifact-registry.js';

/** The program of a worker that counts; it needs the compiled package. */
export const countingWorker = new URL('./counting-worker.mjs', import.meta.url);

/** The digest that counting ends with, computed without interruption. */
export function expectedDigest(seed: number, steps: number): string {
  let digest = String(seed);
  for (let step = 1; step <= steps; step += 1) digest = createHash('sha256').update(`${digest}${step}`).digest('hex');
  return digest;
}

/**
 * A service whose runs count, its registry and a folder for both; the service can be stopped and
 * started again on its port.
 */
export class CountingService {
  readonly directory = mkdtempSync(join(tmpdir(), 'oneshot-counting-'));
  readonly logger = createLogger({ name: 'test', level: 'silent' });
  readonly #leaseMs: number;
  #registry: RunningServer | undefined;
  #server: RunningServer | undefined;
  #registryClient: ServiceClient<typeof RegistryServiceService> | undefined;
  #client: ServiceClient<typeof SearcherServiceService> | undefined;

  constructor(leaseMs = 1500) {
    this.#leaseMs = leaseMs;
  }

  /** `host:port` of the service. */
  get address(): string {
    return this.#server?.address ?? '';
  }

  get client(): ServiceClient<typeof SearcherServiceService> {
    if (!this.#client) throw new Error('not started');
    return this.#client;
  }

  workerArguments(): readonly string[] {
    return this.#arguments(this.#server?.address ?? '', undefined);
  }

  async start(launcher?: Launcher): Promise<void> {
    this.#registry ??= await startArtifactRegistry(join(this.directory, 'artifacts'), this.logger);
    this.#registryClient ??= connect(RegistryServiceClient, this.#registry.address);
    const registry = this.#registryClient;
    const port = this.#server?.port ?? 0;
    this.#server = await startRunService({
      name: 'searcher',
      kind: 'search',
      database: { driver: 'sqlite', path: join(this.directory, 'searcher.sqlite') },
      bus: createInProcessBus(),
      port,
      logger: this.logger,
      leaseMs: this.#leaseMs,
      backoffMs: 50,
      validate: (spec) => {
        const { id } = spec as { id: string };
        return { ok: true, id, spec: spec as { id: string } };
      },
      isStored: (digest) => areStored(registry, [digest]),
      resultFaults: ({ digest }) =>
        typeof digest === 'string' ? [] : [fieldFaultOf({ path: 'digest', message: 'found nothing; allowed: a text' })],
      services: ({ submit, get, list, watch, cancel }) => [
        serve(SearcherServiceService, {
          submitSearch: submit,
          getSearch: get,
          listSearches: list,
          watchSearch: watch,
          cancelSearch: cancel,
        }),
      ],
      ...(launcher
        ? { workers: { launcher, source: (jobs) => ({ program: countingWorker, args: this.#arguments(jobs, 2) }) } }
        : {}),
    });
    this.#client ??= connect(SearcherServiceClient, this.#server.address, { deadlineMs: 60_000 });
  }

  async stopServer(): Promise<void> {
    await this.#server?.shutdown(0);
  }

  async stop(): Promise<void> {
    this.#client?.close();
    this.#registryClient?.close();
    await this.#server?.shutdown(0);
    await this.#registry?.shutdown(0);
    rmSync(this.directory, { recursive: true, force: true });
  }

  #arguments(jobs: string, idleSeconds: number | undefined): readonly string[] {
    const idle = idleSeconds === undefined ? {} : { idleSeconds };
    return workerArguments({ jobs, registry: this.#registry?.address ?? '', ...idle });
  }
}
