import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RegistryServiceClient, type RegistryServiceService } from '@oneshot/contracts';
import {
  Code,
  connect,
  createLogger,
  type RunningServer,
  type ServiceClient,
  ServiceError,
} from '@oneshot/service-kit';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startArtifactRegistry } from '../testing/artifact-registry.js';
import { downloadArtifact, readArtifact, storeArtifact, uploadArtifact, writeAll } from './artifact-transfer.js';

let directory: string;
let server: RunningServer;
let proxy: Server;
let registry: ServiceClient<typeof RegistryServiceService>;
/**
 * Bytes, in either direction, after which a connection is cut; the last entry holds for all later
 * connections.
 */
let cuts: number[];
let connections: number;

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'oneshot-transfer-'));
  server = await startArtifactRegistry(join(directory, 'artifacts'), createLogger({ name: 'test', level: 'silent' }));
  connections = 0;
  proxy = createServer((client) => cutting(client, createConnection(server.port, '127.0.0.1')));
  const port = await new Promise<number>((resolve) => {
    proxy.listen(0, '127.0.0.1', () => {
      const address = proxy.address();
      if (address && typeof address === 'object') resolve(address.port);
    });
  });
  registry = connect(RegistryServiceClient, `127.0.0.1:${port}`);
});
afterEach(async () => {
  registry.close();
  proxy.close();
  await server.shutdown(0);
  rmSync(directory, { recursive: true, force: true });
});

/** Joins two sockets, and destroys both once the connection has carried its share. */
function cutting(client: Socket, upstream: Socket): void {
  let left = cuts[Math.min(connections, cuts.length - 1)] ?? Number.POSITIVE_INFINITY;
  connections += 1;
  for (const [from, to] of [
    [client, upstream],
    [upstream, client],
  ] as const) {
    from.on('data', (bytes) => {
      left -= bytes.length;
      if (left < 0) {
        client.resetAndDestroy();
        upstream.destroy();
      } else to.write(bytes);
    });
    from.on('close', () => to.destroy());
    from.on('error', () => to.destroy());
  }
}

const signal = AbortSignal.timeout(50_000);

test('connections that break in the middle, up and down, cost time and nothing else', async () => {
  cuts = [300_000, 2_000_000, 50, 6_000_000, 700_000, 100_000, 900_000, Number.POSITIVE_INFINITY];
  const bytes = randomBytes(4_000_000);
  const source = join(directory, 'source');
  writeFileSync(source, bytes);
  const digest = await uploadArtifact(registry, source, 'application/octet-stream', { signal });
  const target = join(directory, 'target');
  await downloadArtifact(registry, digest, target, { signal });
  expect(readFileSync(target).equals(bytes)).toBe(true);
  expect(connections).toBeGreaterThan(3);
  expect(readdirSync(join(directory, 'artifacts', 'incoming'))).toEqual([]);
});

test('a registry that does not answer in time, or whose disk is full, is waited for', async () => {
  cuts = [Number.POSITIVE_INFINITY];
  const source = join(directory, 'source');
  writeFileSync(source, 'hello');
  const outages = [
    { code: Code.DEADLINE_EXCEEDED, reason: 'DEADLINE_EXCEEDED' },
    { code: Code.RESOURCE_EXHAUSTED, reason: 'DISK_FULL' },
    { code: Code.UNAVAILABLE, reason: 'UNAVAILABLE' },
  ] as const;
  let calls = 0;
  const troubled: typeof registry = {
    ...registry,
    async putArtifact(messages, options) {
      const outage = outages[calls];
      calls += 1;
      if (outage) throw new ServiceError({ ...outage, message: 'out' });
      return registry.putArtifact(messages, options);
    },
  };
  const digest = await uploadArtifact(troubled, source, 'text/plain', { signal });
  expect(calls).toBe(4);
  expect((await readArtifact(registry, digest)).toString()).toBe('hello');
});

test('a transfer that is given up leaves no file', async () => {
  cuts = [0];
  const target = join(directory, 'target');
  const transfer = downloadArtifact(registry, 'a'.repeat(64), target, { signal: AbortSignal.timeout(500) });
  await expect(transfer).rejects.toThrow();
  expect(readdirSync(directory)).toEqual(['artifacts']);
});

test('bytes are stored and read whole, and others than those asked for are refused', async () => {
  cuts = [Number.POSITIVE_INFINITY];
  const bytes = randomBytes(1_200_000);
  const digest = await storeArtifact(registry, bytes, 'application/octet-stream');
  expect((await readArtifact(registry, digest)).equals(bytes)).toBe(true);
  const other = await storeArtifact(registry, Buffer.from('other'), 'text/plain');
  const swapped = { getArtifact: () => registry.getArtifact({ digest: other, offset: 0 }) };
  await expect(readArtifact(swapped, digest)).rejects.toMatchObject({ reason: 'ARTIFACT_CORRUPT' });
});

test('a file that takes fewer bytes at once than it is given gets them all', async () => {
  const target = join(directory, 'short');
  const file = await open(target, 'w');
  const short = {
    write: (bytes: Uint8Array, offset: number, length: number, position: number) =>
      file.write(bytes, offset, Math.min(length, 7), position),
  };
  await writeAll(short as FileHandle, Buffer.from('twenty bytes, or so.'), 0);
  await file.close();
  expect(readFileSync(target, 'utf8')).toBe('twenty bytes, or so.');
});
