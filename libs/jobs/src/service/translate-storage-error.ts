import { Code, type FailureCode, ServiceError } from '@oneshot/service-kit';
import { StorageError, type StorageFault } from '@oneshot/storage';

const codes: Readonly<Record<StorageFault, FailureCode>> = {
  DISK_FULL: Code.RESOURCE_EXHAUSTED,
  DATABASE_BUSY: Code.UNAVAILABLE,
  DATABASE_CORRUPT: Code.DATA_LOSS,
  NOT_ACCESSIBLE: Code.INTERNAL,
  ARTIFACT_NOT_FOUND: Code.NOT_FOUND,
  ARTIFACT_CORRUPT: Code.DATA_LOSS,
  ARTIFACT_MISMATCH: Code.DATA_LOSS,
};

/** Messages for clients, where the error's own names a place on this machine. */
const placeless: Readonly<Partial<Record<StorageFault, string>>> = {
  DISK_FULL: 'The disk is full; nothing was stored.',
  DATABASE_BUSY: 'The database is busy; try again.',
  DATABASE_CORRUPT: "The database is damaged; the service's log tells which file.",
  NOT_ACCESSIBLE: "A file cannot be opened or written; the service's log tells which.",
};

/** A failure of storage as the user of this machine sees it. */
export function translateStorageError(error: unknown): ServiceError | undefined {
  if (!(error instanceof StorageError)) return undefined;
  return new ServiceError({ code: codes[error.fault], reason: error.fault, message: error.message, cause: error });
}

/**
 * A failure of storage as a client sees it, who may be elsewhere; for `translateError` of a server.
 */
export function storageErrorForClients(error: unknown): ServiceError | undefined {
  if (!(error instanceof StorageError)) return undefined;
  const { fault } = error;
  const message = placeless[fault] ?? error.message;
  return new ServiceError({ code: codes[fault], reason: fault, message, cause: error });
}
