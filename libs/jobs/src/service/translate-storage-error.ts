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

/** What a client sees of a failure of storage; for `translateError` of a server. */
export function translateStorageError(error: unknown): ServiceError | undefined {
  if (!(error instanceof StorageError)) return undefined;
  return new ServiceError({ code: codes[error.fault], reason: error.fault, message: error.message, cause: error });
}
