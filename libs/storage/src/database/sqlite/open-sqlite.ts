import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  Kysely,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
} from 'kysely';
import { StorageError } from '../../errors.js';
import type { Database, DatabaseLocation } from '../database.js';
import { migrateComponent } from '../migrate.js';
import { SqliteConnection } from './sqlite-connection.js';

/**
 * Takes the write lock when a transaction begins, so that none fails half-way because another
 * process wrote first.
 */
class ImmediateSqliteDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

class ImmediateSqliteDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;

  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }

  override createDriver(): Driver {
    return new ImmediateSqliteDriver(this.#config);
  }
}

/**
 * Opens a SQLite file: write-ahead log, full synchronisation, foreign keys. One connection, so
 * statements run one by one.
 */
export function openSqlite<Schema>(location: Extract<DatabaseLocation, { driver: 'sqlite' }>): Database<Schema> {
  try {
    mkdirSync(dirname(location.path), { recursive: true });
  } catch (error) {
    throw new StorageError('NOT_ACCESSIBLE', `The folder of ${location.path} cannot be created: ${error}.`, error);
  }
  const connection = new SqliteConnection(location.path, location.busyTimeoutMs ?? 5000);
  const queries = new Kysely<Schema>({ dialect: new ImmediateSqliteDialect({ database: connection }) });
  return {
    queries,
    transaction: (work) => queries.transaction().execute(work),
    migrate: (component, migrations) => migrateComponent(queries as Kysely<unknown>, component, migrations),
    close: () => queries.destroy(),
  };
}
