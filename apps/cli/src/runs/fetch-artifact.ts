import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { downloadArtifact } from '@oneshot/jobs';
import type { Services } from '../session/services.js';

/** Writes an artifact to a file, making its folder; the file appears whole or not at all. */
export async function fetchArtifact(
  services: Services,
  digest: string,
  file: string,
  signal: AbortSignal,
): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await downloadArtifact(services.registry, digest, file, { signal });
}
