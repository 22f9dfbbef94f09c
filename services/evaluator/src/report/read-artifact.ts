import { createHash } from 'node:crypto';
import type { PutArtifactRequest, RegistryServiceService } from '@oneshot/contracts';
import type { ServiceClient } from '@oneshot/service-kit';

type Registry = ServiceClient<typeof RegistryServiceService>;

const chunkBytes = 512 * 1024;

/** The bytes of an artifact, whole in memory. */
export async function readArtifact(registry: Registry, digest: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const { part } of registry.getArtifact({ digest, offset: 0 })) {
    if (part?.$case === 'chunk') chunks.push(part.value);
  }
  return Buffer.concat(chunks);
}

/** Stores bytes under their digest; returns it. */
export async function storeArtifact(registry: Registry, bytes: Buffer, mediaType: string): Promise<string> {
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
