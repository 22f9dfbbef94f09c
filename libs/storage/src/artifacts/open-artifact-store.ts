import type { ArtifactLocation, ArtifactStore } from './artifact-store.js';
import { openFileArtifactStore } from './files/file-artifact-store.js';

/** Opens an artifact store. NOT_ACCESSIBLE or DISK_FULL says why one cannot be opened. */
export async function openArtifactStore(location: ArtifactLocation): Promise<ArtifactStore> {
  switch (location.driver) {
    case 'files':
      return openFileArtifactStore(location.directory);
  }
}
