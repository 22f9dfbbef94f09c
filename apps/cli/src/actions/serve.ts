import { resolve } from 'node:path';
import { spaceFolderVariable } from '@oneshot/nas';
import { createLogger, onTermination } from '@oneshot/service-kit';
import { serveService } from '../compose/serve.js';
import { serveWorker } from '../compose/serve-worker.js';
import type { ServiceName, WorkerKind } from '../compose/service-names.js';
import { badInput } from '../failure.js';
import { type AddressOptions, remoteAddresses } from '../input/common-options.js';
import { catchInterruption } from '../session/interruption.js';

/** What can be served. */
export type Served = ServiceName | 'worker';

export interface ServeCommandOptions extends AddressOptions {
  readonly host: string;
  readonly port?: number;
  readonly state: string;
  readonly dataDir?: readonly string[];
  readonly spaceDir?: string;
  readonly allowDataPaths?: true;
  readonly allowCleaning?: true;
  readonly nats?: readonly string[];
  readonly installation?: string;
  readonly workers: number;
  readonly threads?: number;
  readonly kind?: WorkerKind;
  readonly acceptOtherArithmetic?: true;
}

const standardPorts: Readonly<Record<ServiceName, number>> = {
  registry: 7001,
  searcher: 7002,
  trainer: 7003,
  evaluator: 7004,
  coordinator: 7005,
};

/** What `oneshot serve` does: starts, and returns; the process lives as long as what it serves. */
export async function serve(what: Served, options: ServeCommandOptions): Promise<void> {
  // An empty variable, as containers set them, names no folder.
  if (options.spaceDir) process.env[spaceFolderVariable] = resolve(options.spaceDir);
  const common = {
    addresses: remoteAddresses(options) ?? {},
    dataDirs: options.dataDir ?? [],
    ...(options.threads === undefined ? {} : { threads: options.threads }),
    acceptOtherArithmetic: options.acceptOtherArithmetic,
  };
  if (what === 'worker') {
    if (options.kind === undefined) {
      throw badInput('A worker works on one kind of job: name it with --kind search, training or evaluation.');
    }
    const interruption = catchInterruption();
    await serveWorker({ ...common, kind: options.kind, signal: interruption.signal });
    interruption.release();
    return;
  }
  const logger = createLogger({ name: what });
  const serving = await serveService({
    ...common,
    logger,
    service: what,
    host: options.host,
    port: options.port ?? standardPorts[what],
    stateFolder: options.state,
    nats: options.nats ?? [],
    installation: options.installation,
    workers: options.workers,
    allowDataPaths: options.allowDataPaths === true,
    allowCleaning: options.allowCleaning === true,
  });
  onTermination(() => serving.shutdown(), logger);
}
