import { createWriteStream, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Serving, serveService } from '@oneshot/cli';
import { createLogger } from '@oneshot/service-kit';
import { repository } from '../harness/processes.js';
import { writeTinyDataset } from '../harness/tiny-dataset.js';
import type { FuzzOptions } from './fuzz-services.js';

/** The five services as `oneshot serve` starts them, without workers. */
export interface FuzzedInstallation extends Pick<FuzzOptions, 'services' | 'secrets'> {
  shutdown(): Promise<void>;
}

/** Starts the services with their state and data in a folder. */
export async function startFuzzed(directory: string): Promise<FuzzedInstallation> {
  const data = join(directory, 'data');
  mkdirSync(data, { recursive: true });
  writeTinyDataset(data);
  const addresses: Record<string, string> = {};
  const servings: Serving[] = [];
  for (const service of ['registry', 'searcher', 'trainer', 'evaluator', 'coordinator'] as const) {
    const serving = await serveService({
      service,
      port: 0,
      stateFolder: join(directory, 'state', service),
      dataDirs: [data],
      addresses,
      nats: [],
      workers: 0,
      logger: createLogger({ name: service, destination: createWriteStream(join(directory, `${service}.log`)) }),
    });
    addresses[service] = serving.address;
    servings.push(serving);
  }
  const named = Object.entries(addresses).map(
    ([name, address]) => [`${name.charAt(0).toUpperCase()}${name.slice(1)}Service`, address] as const,
  );
  const jobs = ['searcher', 'trainer', 'evaluator'].map((name) => ['JobService', addresses[name] ?? ''] as const);
  return {
    services: [...named, ...jobs],
    secrets: [directory, repository.replace(/\/$/, '')],
    async shutdown() {
      for (const serving of servings.reverse()) await serving.shutdown();
    },
  };
}
