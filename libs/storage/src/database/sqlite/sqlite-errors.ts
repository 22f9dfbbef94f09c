import { StorageError, type StorageFault } from '../../errors.js';

/** SQLite's result codes that callers can do something about; the others pass as they are. */
const faults: readonly (readonly [prefix: string, fault: StorageFault, message: string])[] = [
  ['SQLITE_FULL', 'DISK_FULL', 'The disk is full; nothing was stored'],
  // An extended write error is how a full disk shows when the space runs out in the write-ahead log.
  ['SQLITE_IOERR_WRITE', 'DISK_FULL', 'The database file cannot be written; is the disk full? Nothing was stored'],
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
  const found = faults.find(([prefix]) => code === prefix || code.startsWith(`${prefix}_`));
  if (!found) return error;
  const [, fault, message] = found;
  return new StorageError(fault, `${message} (${path}: ${error.message}).`, error);
}
