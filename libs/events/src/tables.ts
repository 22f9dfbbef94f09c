import type { Database, Migrations } from '@oneshot/storage';
import type { Generated } from 'kysely';

/** Events written with the state they tell of, until they are published. */
export interface OutboxRow {
  /** The order of publishing. */
  position: Generated<number>;
  id: string;
  /** The event as JSON. */
  event: string;
}

/** Events that a consumer has taken, so that a repetition is recognised. */
export interface InboxRow {
  consumer: string;
  event_id: string;
  /** Milliseconds since 1970. */
  taken_at: number;
}

/** Events that a consumer failed at too often, kept for a person to look at. */
export interface ParkedEventRow {
  consumer: string;
  event_id: string;
  /** The event as JSON. */
  event: string;
  attempts: number;
  /** What the last attempt failed with. */
  error: string;
  /** Milliseconds since 1970. */
  parked_at: number;
}

/** The tables that events need in the database of every service that tells or consumes them. */
export interface EventTables {
  outbox: OutboxRow;
  inbox: InboxRow;
  parked_events: ParkedEventRow;
}

const migrations: Migrations = {
  '0001_events': {
    async up(schema) {
      await schema.schema
        .createTable('outbox')
        .addColumn('position', 'integer', (column) => column.primaryKey().autoIncrement())
        .addColumn('id', 'text', (column) => column.notNull().unique())
        .addColumn('event', 'text', (column) => column.notNull())
        .execute();
      await schema.schema
        .createTable('inbox')
        .addColumn('consumer', 'text', (column) => column.notNull())
        .addColumn('event_id', 'text', (column) => column.notNull())
        .addColumn('taken_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('inbox_key', ['consumer', 'event_id'])
        .execute();
      await schema.schema
        .createTable('parked_events')
        .addColumn('consumer', 'text', (column) => column.notNull())
        .addColumn('event_id', 'text', (column) => column.notNull())
        .addColumn('event', 'text', (column) => column.notNull())
        .addColumn('attempts', 'integer', (column) => column.notNull())
        .addColumn('error', 'text', (column) => column.notNull())
        .addColumn('parked_at', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('parked_events_key', ['consumer', 'event_id'])
        .execute();
    },
  },
};

/** Creates the tables of events. */
export function migrateEvents<Schema extends EventTables>(database: Database<Schema>): Promise<void> {
  return database.migrate('events', migrations);
}
