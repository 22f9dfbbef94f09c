import { join } from 'node:path';
import { type JobServiceService, type Lease, RegistryServiceService } from '@oneshot/contracts';
import type { CallOptions, ServiceClient } from '@oneshot/service-kit';
import { downloadArtifact, uploadArtifact } from '../client/artifact-transfer.js';
import { checkpointMediaType } from '../client/media-types.js';
import { patiently } from '../client/patiently.js';
import { progressMessage } from '../service/run-message.js';
import type { LeaseKeeper } from './lease-keeper.js';
import type { ThreadRequest } from './thread-messages.js';

interface JobServicesOptions {
  readonly jobs: ServiceClient<typeof JobServiceService>;
  readonly registry: ServiceClient<typeof RegistryServiceService>;
  readonly lease: Lease;
  readonly keeper: LeaseKeeper;
  readonly directory: string;
  /** Aborted when the job is no longer this worker's, or time is up. */
  readonly ended: AbortSignal;
}

type Unary = (request: unknown, options?: CallOptions) => Promise<unknown>;

/** Does for the computing thread what needs a connection. */
export class JobServices {
  readonly #options: JobServicesOptions;
  #checkpoints: Promise<unknown> = Promise.resolve();
  #latest = 0;

  constructor(options: JobServicesOptions) {
    this.#options = options;
  }

  async perform(request: ThreadRequest): Promise<unknown> {
    const { registry, directory, ended: signal } = this.#options;
    switch (request.name) {
      case 'saveCheckpoint':
        return this.#saveCheckpoint(request.path);
      case 'putArtifact':
        return uploadArtifact(registry, request.path, request.mediaType, { signal });
      case 'getArtifact': {
        const path = join(directory, request.digest);
        await downloadArtifact(registry, request.digest, path, { signal });
        return path;
      }
      case 'registry': {
        const method = unaryMethod(registry, request.method);
        return patiently(() => method(request.request, { signal }), signal);
      }
    }
  }

  /** Checkpoints are recorded in order; of those that wait only the newest is stored. */
  #saveCheckpoint(path: string): Promise<unknown> {
    this.#latest += 1;
    const mine = this.#latest;
    const saved = this.#checkpoints.then(() => (mine === this.#latest ? this.#store(path) : undefined));
    this.#checkpoints = saved.catch(() => undefined);
    return saved;
  }

  async #store(path: string): Promise<void> {
    const { jobs, registry, lease, keeper, ended: signal } = this.#options;
    const runId = lease.jobId;
    // Noted before the bytes are looked for: another run with the same bytes may be about to
    // release them.
    const need = (digest: string) =>
      patiently(
        () => registry.recordLineage({ edges: [{ from: digest, relation: 'checkpoint_of', to: runId }] }, { signal }),
        signal,
      );
    const artifact = await uploadArtifact(registry, path, checkpointMediaType, { signal, beforeStoring: need });
    const { progress } = keeper;
    const told = progress && progressMessage(progress);
    let superseded: string;
    try {
      const record = () => jobs.recordCheckpoint({ lease, artifact, progress: told }, { signal });
      ({ superseded } = await patiently(record, signal));
    } catch (error) {
      keeper.noteLoss(error);
      throw error;
    }
    await releaseCheckpoint(registry, superseded, runId, signal);
  }
}

/**
 * Tells the registry that a run no longer needs a checkpoint, if there is one: without this a long
 * run would fill the disk. What is left behind when it fails costs space and nothing else.
 */
export async function releaseCheckpoint(
  registry: Pick<ServiceClient<typeof RegistryServiceService>, 'releaseCheckpoint'>,
  digest: string,
  runId: string,
  signal: AbortSignal,
): Promise<void> {
  if (digest !== '') await registry.releaseCheckpoint({ digest, runId }, { signal }).catch(() => undefined);
}

/** The method of that name, if the registry has it with a single request and a single response. */
function unaryMethod(registry: ServiceClient<typeof RegistryServiceService>, name: string): Unary {
  const shapes: Readonly<Record<string, { requestStream: boolean; responseStream: boolean }>> = RegistryServiceService;
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  if (!shape || shape.requestStream || shape.responseStream) throw new Error(`The registry has no method ${name}.`);
  return (registry as unknown as Readonly<Record<string, Unary>>)[name] as Unary;
}
