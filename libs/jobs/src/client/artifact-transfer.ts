import { createHash, type Hash } from 'node:crypto';
import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import type { PutArtifactRequest, RegistryServiceService } from '@oneshot/contracts';
import { Code, type ServiceClient, ServiceError } from '@oneshot/service-kit';
import { areStored } from './are-stored.js';
import { type FullDisk, patiently } from './patiently.js';

type Registry = Pick<ServiceClient<typeof RegistryServiceService>, 'putArtifact' | 'getArtifact' | 'statArtifact'>;

export interface TransferOptions {
  /** Ends the transfer; until then a registry that is out of reach is waited for. */
  readonly signal: AbortSignal;
  /** Default `wait`. */
  readonly fullDisk?: FullDisk;
}

const chunkBytes = 512 * 1024;
// A transfer may take its time, but one that stands still must not last for ever.
const deadlineOf = (bytes: number) => 60_000 + bytes / 100;

export interface UploadOptions extends TransferOptions {
  /** Awaited with the digest before the registry is asked for the bytes. */
  readonly beforeStoring?: (digest: string) => Promise<unknown>;
}

/** Stores a file in the registry, unless it is there already, unharmed; returns its digest. */
export async function uploadArtifact(
  registry: Registry,
  path: string,
  mediaType: string,
  options: UploadOptions,
): Promise<string> {
  const { signal, fullDisk } = options;
  // One handle for hashing and sending: a file put in its place meanwhile is another file.
  const file = await open(path, 'r');
  try {
    const hash = createHash('sha256');
    let size = 0;
    for await (const chunk of chunksOf(file)) {
      hash.update(chunk);
      size += chunk.length;
    }
    const digest = hash.digest('hex');
    await options.beforeStoring?.(digest);
    return await patiently(
      async () => {
        // Bytes that were damaged since count as not stored: the registry replaces them.
        if (await areStored(registry, [digest], { signal })) return digest;
        const messages = artifactMessages(file, digest, size, mediaType);
        await registry.putArtifact(messages, { signal, deadlineMs: deadlineOf(size) });
        return digest;
      },
      signal,
      fullDisk,
    );
  } finally {
    await file.close();
  }
}

async function* artifactMessages(
  file: FileHandle,
  digest: string,
  size: number,
  mediaType: string,
): AsyncIterable<PutArtifactRequest> {
  yield { part: { $case: 'header', value: { digest, size, mediaType } } };
  for await (const chunk of chunksOf(file)) yield { part: { $case: 'chunk', value: chunk } };
}

async function* chunksOf(file: FileHandle): AsyncIterable<Buffer> {
  for (let position = 0; ; ) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(chunkBytes), 0, chunkBytes, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}

/**
 * Fetches an artifact to `path`, which appears whole or not at all. An interrupted transfer goes on
 * where it stopped. DATA_LOSS if the bytes received do not have the digest.
 */
export async function downloadArtifact(
  registry: Registry,
  digest: string,
  path: string,
  options: TransferOptions,
): Promise<void> {
  const { signal } = options;
  const partial = `${path}.partial`;
  const file = await open(partial, 'w');
  try {
    const hash = createHash('sha256');
    let offset = 0;
    await patiently(async () => {
      for await (const { part } of registry.getArtifact({ digest, offset }, { signal })) {
        if (part?.$case !== 'chunk') continue;
        hash.update(part.value);
        await writeAll(file, part.value, offset);
        offset += part.value.length;
      }
    }, signal);
    checkArrived(digest, hash);
    await file.close();
    await rename(partial, path);
  } catch (error) {
    await file.close().catch(() => undefined);
    await rm(partial, { force: true });
    throw error;
  }
}

/** Writes all of the bytes: a file may take fewer at once than it was given. */
export async function writeAll(file: Pick<FileHandle, 'write'>, bytes: Uint8Array, position: number): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}

/**
 * The bytes of an artifact, whole in memory: for small ones. DATA_LOSS if they do not have the
 * digest.
 */
export async function readArtifact(
  registry: Pick<Registry, 'getArtifact'>,
  digest: string,
  options: Partial<TransferOptions> = {},
): Promise<Buffer> {
  const hash = createHash('sha256');
  const chunks: Uint8Array[] = [];
  for await (const { part } of registry.getArtifact({ digest, offset: 0 }, options)) {
    if (part?.$case !== 'chunk') continue;
    hash.update(part.value);
    chunks.push(part.value);
  }
  checkArrived(digest, hash);
  return Buffer.concat(chunks);
}

/** Stores bytes under their digest; returns it. */
export async function storeArtifact(
  registry: Pick<Registry, 'putArtifact'>,
  bytes: Buffer,
  mediaType: string,
): Promise<string> {
  const digest = createHash('sha256').update(bytes).digest('hex');
  const messages = function* (): Iterable<PutArtifactRequest> {
    yield { part: { $case: 'header', value: { digest, size: bytes.length, mediaType } } };
    for (let start = 0; start < bytes.length; start += chunkBytes) {
      yield { part: { $case: 'chunk', value: bytes.subarray(start, start + chunkBytes) } };
    }
  };
  await registry.putArtifact(messages());
  return digest;
}

function checkArrived(digest: string, hash: Hash): void {
  const found = hash.digest('hex');
  if (found === digest) return;
  throw new ServiceError({
    code: Code.DATA_LOSS,
    reason: 'ARTIFACT_CORRUPT',
    message: `Artifact ${digest} arrived with sha256 ${found}.`,
  });
}
