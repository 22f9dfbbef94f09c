import type { Kysely, Migration, Transaction } from 'kysely';

/**
 * The steps that build the tables of one component, by name; they run once each, in the order of
 * their names.
 */
export type Migrations = Readonly<Record<string, Migration>>;

/**
 * One service's database. Schemas hold only `integer` (small counts, booleans as 0 and 1), `bigint`
 * (times as milliseconds since 1970, sequences, fencing numbers, sizes), `double precision`, `text`
 * (JSON included) and `blob` columns, so that every driver can store them alike. Whatever the
 * driver, a row holds numbers, never texts, for the first three.
 */
export interface Database<Schema> {
  /**
   * Queries outside a transaction. Inside one, use the transaction: waiting for this one there
   * waits for ever.
   */
  readonly queries: Kysely<Schema>;
  /**
   * Runs `work` in one transaction: committed to disk when the promise resolves, rolled back when
   * `work` throws. Transactions of one database run one after the other, so `work` must wait for
   * nothing but the database.
   */
  transaction<Result>(work: (transaction: Transaction<Schema>) => Promise<Result>): Promise<Result>;
  /** Brings the tables of `component` up to date; each component remembers its own steps. */
  migrate(component: string, migrations: Migrations): Promise<void>;
  /** Afterwards the database file holds everything, and may be copied. */
  close(): Promise<void>;
}

/** Where a database is. */
export type DatabaseLocation = {
  readonly driver: 'sqlite';
  /** The database file; created, with its folder, when missing. */
  readonly path: string;
  /** How long to wait for another process to finish writing, in milliseconds. Default 5000. */
  readonly busyTimeoutMs?: number;
};
