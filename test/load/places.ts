import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { Installation, serviceNames } from '../harness/installation.js';
import type { Addresses } from '../harness/outcome.js';

/** Services to load, and the processes they are in. */
export interface Place {
  readonly addresses: Addresses;
  readonly processes: Readonly<Record<string, number>>;
  stop(): Promise<void>;
}

/** How services run: all in one process, or each in one of its own. */
export const placeNames = ['embedded', 'distributed'] as const;
export type PlaceName = (typeof placeNames)[number];

export function openPlace(name: PlaceName, directory: string, dataDirectory: string): Promise<Place> {
  return name === 'embedded' ? embedded(directory, dataDirectory) : distributed(directory, dataDirectory);
}

async function embedded(directory: string, dataDirectory: string): Promise<Place> {
  const program = fileURLToPath(new URL('./embedded-host.js', import.meta.url));
  const child = spawn(process.execPath, [program, join(directory, 'state'), dataDirectory], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const [line] = await once(createInterface({ input: child.stdout }), 'line');
  return {
    addresses: JSON.parse(String(line)) as Addresses,
    processes: { 'all services': child.pid ?? 0 },
    async stop() {
      child.stdin.end();
      if (child.exitCode === null) await once(child, 'exit');
    },
  };
}

async function distributed(directory: string, dataDirectory: string): Promise<Place> {
  const installation = new Installation(directory, dataDirectory);
  await installation.start(['nats', ...serviceNames]);
  return {
    addresses: installation.addresses,
    processes: Object.fromEntries(serviceNames.map((name) => [name, installation.pid(name)])),
    stop: () => installation.stop(),
  };
}
