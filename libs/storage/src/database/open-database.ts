import type { Database, DatabaseLocation } from './database.js';
import { openSqlite } from './sqlite/open-sqlite.js';

/**
 * Opens a database. NOT_ACCESSIBLE, DATABASE_CORRUPT or DISK_FULL says why one cannot be opened.
 */
export async function openDatabase<Schema>(location: DatabaseLocation): Promise<Database<Schema>> {
  switch (location.driver) {
    case 'sqlite':
      return openSqlite<Schema>(location);
  }
}
