/** What can go wrong below the drivers, in words a program can match. */
export type StorageFault =
  /** The disk, a quota or the database's size limit is exhausted; nothing was stored. */
  | 'DISK_FULL'
  /** Another process held the database for longer than the busy timeout. */
  | 'DATABASE_BUSY'
  /** The database file is damaged or no database. */
  | 'DATABASE_CORRUPT'
  /** The file or folder cannot be opened, created or written. */
  | 'NOT_ACCESSIBLE'
  /** No artifact has this digest. */
  | 'ARTIFACT_NOT_FOUND'
  /** Stored bytes no longer match their digest. */
  | 'ARTIFACT_CORRUPT'
  /** The bytes handed over do not have the digest or size announced; nothing was stored. */
  | 'ARTIFACT_MISMATCH';

/** Any failure of a database or an artifact store that callers can tell apart. */
export class StorageError extends Error {
  override readonly name = 'StorageError';
  readonly fault: StorageFault;

  constructor(fault: StorageFault, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.fault = fault;
  }
}
