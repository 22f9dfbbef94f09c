/** What is known of stored bytes. */
export interface StoredArtifact {
  /** Lower-case hex sha256 of the bytes. */
  readonly digest: string;
  /** In bytes. */
  readonly size: number;
}

/** Bytes under their sha256: immutable, whole or absent. */
export interface ArtifactStore {
  /**
   * Stores the bytes; they appear under their digest only when all of them are on disk.
   *
   * @param expected what the sender announced; other bytes are refused with ARTIFACT_MISMATCH.
   * Bytes stored before that have changed since are replaced.
   *
   * @returns `created` is false if they were stored already, unchanged.
   */
  put(
    bytes: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    expected?: StoredArtifact,
  ): Promise<StoredArtifact & { readonly created: boolean }>;
  /** What the folder says, without reading the bytes. Undefined: not stored. */
  stat(digest: string): Promise<StoredArtifact | undefined>;
  /**
   * Reads the bytes and compares them with the digest: ARTIFACT_CORRUPT if they have changed.
   * Undefined: not stored.
   */
  verify(digest: string): Promise<StoredArtifact | undefined>;
  /**
   * The bytes from `offset` (default 0) on, in chunks of at most 1 MiB. Read from the start they
   * are checked against the digest, and ARTIFACT_CORRUPT is thrown after the last chunk if they do
   * not match. ARTIFACT_NOT_FOUND if there are none.
   */
  read(digest: string, offset?: number): AsyncIterable<Uint8Array>;
  /** Removes the bytes; false if there were none. A reader that has begun reads them to the end. */
  delete(digest: string): Promise<boolean>;
}

/** Where artifacts are. */
export type ArtifactLocation = {
  readonly driver: 'files';
  /** Created when missing. */
  readonly directory: string;
};
