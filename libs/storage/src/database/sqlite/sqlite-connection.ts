import type { SqliteDatabase, SqliteStatement } from 'kysely';
import Libsql from 'libsql';
import { translateSqliteError } from './sqlite-errors.js';

// Statements are few and their texts repeat; the bound only guards against lists of varying length.
const mostStatements = 500;

/**
 * The connection in the shape that Kysely drives, with errors translated and blobs as `Uint8Array`.
 */
export class SqliteConnection implements SqliteDatabase {
  readonly #path: string;
  readonly #database: Libsql.Database;
  readonly #statements = new Map<string, SqliteStatement>();

  constructor(path: string, busyTimeoutMs: number) {
    this.#path = path;
    this.#database = this.#translating(() => new Libsql(path, { timeout: busyTimeoutMs / 1000 }));
    this.#translating(() => {
      this.#database.exec(`PRAGMA busy_timeout = ${Math.round(busyTimeoutMs)}`);
      // Readers and the writer do not wait for each other.
      this.#database.exec('PRAGMA journal_mode = WAL');
      // A committed transaction survives power loss: "half-written" must not mean "lost" either.
      this.#database.exec('PRAGMA synchronous = FULL');
      this.#database.exec('PRAGMA foreign_keys = ON');
    });
  }

  prepare(sql: string): SqliteStatement {
    if (/^\s*(begin|commit|rollback)\b/i.test(sql)) return this.#control(sql);
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#translating(() => this.#database.prepare(sql));
    const adapted: SqliteStatement = {
      reader: statement.reader,
      all: (parameters) => this.#translating(() => statement.all(parameters.map(bindable)).map(withByteArrays)),
      run: (parameters) => this.#translating(() => statement.run(parameters.map(bindable))),
      iterate: (parameters) => statement.iterate(parameters.map(bindable)),
    };
    // Statements that change the schema run once.
    if (/^\s*(select|insert|update|delete|with)\b/i.test(sql)) {
      if (this.#statements.size >= mostStatements) this.#statements.clear();
      this.#statements.set(sql, adapted);
    }
    return adapted;
  }

  /**
   * The borders of a transaction. A prepared `begin` that found the database busy would count as
   * running until it is collected as garbage, and no transaction could be committed meanwhile.
   */
  #control(sql: string): SqliteStatement {
    const run = () => {
      // SQLite itself rolls back on a full disk; a second time would hide the error that led here.
      const done = /^\s*rollback\b/i.test(sql) && !this.#database.inTransaction;
      if (!done) this.#translating(() => this.#database.exec(sql));
      return { changes: 0, lastInsertRowid: 0 };
    };
    return { reader: false, run, all: () => [], iterate: () => [][Symbol.iterator]() };
  }

  /**
   * Moves what the write-ahead log holds into the database file, so that the file alone is whole,
   * and closes it.
   */
  close(): void {
    this.#statements.clear();
    try {
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // The log is as safe as the file; the next opening goes on with it.
    }
    this.#database.close();
  }

  #translating<Result>(work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      throw translateSqliteError(error, this.#path);
    }
  }
}

function bindable(parameter: unknown): unknown {
  if (typeof parameter === 'boolean') return parameter ? 1 : 0;
  if (parameter instanceof Uint8Array && !Buffer.isBuffer(parameter)) return Buffer.from(parameter);
  return parameter;
}

/** The library hands blobs over as bare ArrayBuffers. */
function withByteArrays(row: unknown): unknown {
  if (typeof row !== 'object' || row === null) return row;
  const fields = row as Record<string, unknown>;
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value instanceof ArrayBuffer) fields[name] = new Uint8Array(value);
  }
  return fields;
}
