import { StorageError } from '../../errors.js';

/** The error to throw for one that the file system threw. */
export function translateFileError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('code' in error)) return error;
  switch (error.code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new StorageError('DISK_FULL', `The disk that holds ${path} is full; nothing was stored.`, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
    case 'ENOTDIR':
    case 'EEXIST':
      return new StorageError('NOT_ACCESSIBLE', `${path} cannot be written: ${error.message}.`, error);
    default:
      return error;
  }
}
