import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import Libsql from 'libsql';
import { translateSqliteError } from '../database/sqlite/sqlite-errors.js';

/** A file held by this process alone. */
export interface HeldFile {
  release(): void;
}

/**
 * Takes hold of a file (created, with its folder, when missing); undefined if somebody holds it.
 * The operating system keeps the hold, as SQLite's lock of an empty database: it ends with the
 * process, however that ends, and is seen from every container on the machine that sees the file.
 */
export function holdFile(path: string): HeldFile | undefined {
  mkdirSync(dirname(path), { recursive: true });
  let database: Libsql.Database | undefined;
  try {
    database = new Libsql(path, { timeout: 0 });
    database.exec('BEGIN EXCLUSIVE');
    const held = database;
    return { release: () => held.close() };
  } catch (error) {
    database?.close();
    if (error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY') return undefined;
    throw translateSqliteError(error, path);
  }
}
