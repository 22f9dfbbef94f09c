import { statfsSync } from 'node:fs';
import { dirname } from 'node:path';
import { StorageError, type StorageFault } from '../../errors.js';

/** SQLite's result codes that callers can do something about; the others pass as they are. */
const faults: readonly (readonly [prefix: string, fault: StorageFault, message: string])[] = [
  ['SQLITE_FULL', 'DISK_FULL', 'The disk is full; nothing was stored'],
  ['SQLITE_BUSY', 'DATABASE_BUSY', 'Another process is writing to the database'],
  ['SQLITE_NOTADB', 'DATABASE_CORRUPT', 'The file is no SQLite database'],
  ['SQLITE_CORRUPT', 'DATABASE_CORRUPT', 'The database file is damaged'],
  ['SQLITE_CANTOPEN', 'NOT_ACCESSIBLE', 'The database file cannot be opened'],
  ['SQLITE_READONLY', 'NOT_ACCESSIBLE', 'The database file cannot be written'],
];

/** The error to throw for one that SQLite threw. */
export function translateSqliteError(error: unknown, path: string): unknown {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return error;
  const { code } = error;
  // A disk that fills up while the write-ahead log or its index grows shows as one of many
  // input/output errors.
  if (code.startsWith('SQLITE_IOERR') && isFull(dirname(path))) {
    return new StorageError('DISK_FULL', `The disk is full; nothing was stored (${path}: ${error.message}).`, error);
  }
  const found = faults.find(([prefix]) => code === prefix || code.startsWith(`${prefix}_`));
  if (!found) return error;
  const [, fault, message] = found;
  return new StorageError(fault, `${message} (${path}: ${error.message}).`, error);
}

/** Less than SQLite's smallest step of growth is as good as nothing. */
const leastBytes = 64 * 1024;

function isFull(directory: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(directory);
    return bavail * bsize < leastBytes;
  } catch {
    return false;
  }
}
