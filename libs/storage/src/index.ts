/** Databases and artifact stores behind drivers. */
export type { ArtifactLocation, ArtifactStore, StoredArtifact } from './artifacts/artifact-store.js';
export { isArtifactDigest } from './artifacts/digest.js';
export { openArtifactStore } from './artifacts/open-artifact-store.js';
export type { Database, DatabaseLocation, Migrations } from './database/database.js';
export { openDatabase } from './database/open-database.js';
export { StorageError, type StorageFault } from './errors.js';
export { type HeldFile, holdFile } from './lock/hold-file.js';
