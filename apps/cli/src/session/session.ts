import { resolve } from 'node:path';
import { remoteAddresses, type ServiceOptions } from '../input/common-options.js';
import { Services } from './services.js';

/** What a command works with: clients of the services, and an end to wait for. */
export interface Session {
  readonly services: Services;
  /** The state folder if the services run in this process; `undefined` if they run elsewhere. */
  readonly stateFolder: string | undefined;
  /**
   * Ends connections and, if they run in this process, services and workers. What is unfinished can
   * be taken up again.
   */
  close(): Promise<void>;
}

/**
 * What a command wants of services in this process: to work on runs (which only one process at a
 * time can do in a state folder), to read and write state only, or to work unless another process
 * does already.
 */
export type Involvement = 'work' | 'look' | 'work-unless-served';

/** Connects to the services whose addresses were given, or starts all of them in this process. */
export async function openSession(
  options: ServiceOptions,
  involvement: Involvement,
  runsAtOnce?: number,
): Promise<Session> {
  const remote = remoteAddresses(options);
  if (remote !== undefined) {
    const { checkAddress } = await import('../compose/addresses.js');
    for (const [service, address] of Object.entries(remote)) checkAddress('command', service, address);
    const services = new Services(remote);
    return { services, stateFolder: undefined, close: async () => services.close() };
  }
  const embedded = await embed(options, involvement, runsAtOnce);
  const services = new Services(embedded.addresses);
  return {
    services,
    stateFolder: options.state,
    close: async () => {
      services.close();
      await embedded.shutdown();
    },
  };
}

async function embed(options: ServiceOptions, involvement: Involvement, runsAtOnce: number | undefined) {
  // Loaded here, so that commands elsewhere do not wait for code they do not need.
  const { spaceFolderVariable } = await import('@oneshot/nas');
  const { startEmbedded } = await import('../compose/embedded.js');
  const { StateFolderInUse } = await import('../compose/state-lock.js');
  // The services of this process and their workers find it in their environment.
  process.env[spaceFolderVariable] = resolve(options.spaceDir || '.');
  const start = (workers: number) =>
    startEmbedded({
      dataDir: options.state,
      dataDirs: options.dataDir ?? [],
      workers,
      runsAtOnce,
      threads: options.threads,
      acceptOtherArithmetic: options.acceptOtherArithmetic,
      onTrouble: (trouble) => process.stderr.write(`oneshot: ${trouble} Trying again.\n`),
    });
  if (involvement === 'look') return start(0);
  try {
    return await start(options.workers);
  } catch (error) {
    if (involvement === 'work' || !(error instanceof StateFolderInUse)) throw error;
    return start(0);
  }
}
