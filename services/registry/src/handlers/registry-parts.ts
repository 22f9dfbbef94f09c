import type { RegistryServiceService } from '@oneshot/contracts';
import type { Handlers } from '@oneshot/service-kit';
import type { ArtifactStore, Database } from '@oneshot/storage';
import type { ArtifactUse } from '../artifact-use.js';
import type { RegistryTables } from '../tables.js';

/** What the registry's methods work on. */
export interface RegistryParts {
  readonly database: Database<RegistryTables>;
  readonly artifacts: ArtifactStore;
  readonly largestArtifactBytes: number;
  readonly use: ArtifactUse;
  /** Whether artifacts that nothing refers to may be deleted. */
  readonly allowCleaning: boolean;
}

export type RegistryHandlers = Handlers<typeof RegistryServiceService>;
