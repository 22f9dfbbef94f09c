import type { EventTables } from '@oneshot/events';
import type { Database, Migrations } from '@oneshot/storage';
import type { RunStateName } from './run-record.js';

/** One run together with the state of its job. Times are milliseconds since 1970. */
export interface RunRow {
  id: string;
  kind: string;
  state: RunStateName;
  /** JSON. */
  spec: string;
  /** JSON. */
  progress: string | null;
  /** JSON. */
  result: string | null;
  failure_reason: string | null;
  failure_message: string | null;
  attempt: number;
  sequence: number;
  created_at: number;
  updated_at: number;
  /** Fencing number of the last lease. */
  fence: number;
  /** Secret of the last lease. */
  lease_token: string | null;
  worker_id: string | null;
  /** Jobs are leased in this order; each queueing takes the next number. No clock decides. */
  queue_position: number;
  /** Digest of the last checkpoint. */
  checkpoint: string | null;
  /** Digest of the checkpoint before, to go on from where the last one is damaged. */
  checkpoint_before: string | null;
  /** Damaged checkpoints that were given up. */
  fallbacks: number;
  /** Failures of the work since the last checkpoint. */
  failures: number;
  /** Workers lost since the last checkpoint. */
  losses: number;
}

/** The history of runs, for watches. */
export interface RunUpdateRow {
  run_id: string;
  /** The last change this row stands for; `first_sequence` is the first. */
  sequence: number;
  first_sequence: number;
  /** 1 if nothing but progress changed: such rows may be merged. */
  progress_only: number;
  /** The run without its spec, as JSON. */
  snapshot: string;
}

/** Who wants a run that has not ended. */
export interface RunRequesterRow {
  run_id: string;
  /** As the requester named itself; empty: a person. */
  requester: string;
}

/** What a service with runs keeps. */
export interface RunTables extends EventTables {
  runs: RunRow;
  run_updates: RunUpdateRow;
  run_requesters: RunRequesterRow;
}

const migrations: Migrations = {
  '0001_runs': {
    async up(schema) {
      await schema.schema
        .createTable('runs')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('state', 'text', (column) => column.notNull())
        .addColumn('spec', 'text', (column) => column.notNull())
        .addColumn('progress', 'text')
        .addColumn('result', 'text')
        .addColumn('failure_reason', 'text')
        .addColumn('failure_message', 'text')
        .addColumn('attempt', 'integer', (column) => column.notNull())
        .addColumn('sequence', 'bigint', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .addColumn('updated_at', 'bigint', (column) => column.notNull())
        .addColumn('fence', 'bigint', (column) => column.notNull())
        .addColumn('worker_id', 'text')
        .addColumn('lease_deadline', 'bigint')
        .addColumn('available_at', 'bigint', (column) => column.notNull())
        .addColumn('checkpoint', 'text')
        .addColumn('failures', 'integer', (column) => column.notNull())
        .addColumn('losses', 'integer', (column) => column.notNull())
        .execute();
      await schema.schema.createIndex('runs_by_state').on('runs').columns(['state', 'available_at']).execute();
      await schema.schema.createIndex('runs_by_age').on('runs').columns(['created_at', 'id']).execute();
      await schema.schema
        .createTable('run_updates')
        .addColumn('run_id', 'text', (column) => column.notNull().references('runs.id'))
        .addColumn('sequence', 'bigint', (column) => column.notNull())
        .addColumn('first_sequence', 'bigint', (column) => column.notNull())
        .addColumn('progress_only', 'integer', (column) => column.notNull())
        .addColumn('snapshot', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('run_updates_key', ['run_id', 'sequence'])
        .execute();
    },
  },
  '0002_queue_without_clock': {
    async up({ schema }) {
      // The times at which jobs became due were numbers that grow: the positions go on from there.
      await schema.alterTable('runs').renameColumn('available_at', 'queue_position').execute();
      await schema.alterTable('runs').dropColumn('lease_deadline').execute();
      await schema.alterTable('runs').addColumn('lease_token', 'text').execute();
      await schema.alterTable('runs').addColumn('checkpoint_before', 'text').execute();
      await schema
        .alterTable('runs')
        .addColumn('fallbacks', 'integer', (column) => column.notNull().defaultTo(0))
        .execute();
      await schema.createIndex('runs_by_queue_position').on('runs').columns(['kind', 'queue_position']).execute();
    },
  },
  '0003_requesters': {
    async up({ schema }) {
      await schema
        .createTable('run_requesters')
        .addColumn('run_id', 'text', (column) => column.notNull().references('runs.id'))
        .addColumn('requester', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('run_requesters_key', ['run_id', 'requester'])
        .execute();
    },
  },
};

/** Creates the tables of runs. */
export function migrateRuns(database: Database<RunTables>): Promise<void> {
  return database.migrate('runs', migrations);
}
