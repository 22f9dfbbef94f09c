import type { Database, Migrations } from '@oneshot/storage';
import type { Kysely } from 'kysely';
import { deriveStages } from './derive-stages.js';
import type { CoordinatorTables } from './tables.js';

const migrations: Migrations = {
  '0001_campaigns': {
    async up(schema) {
      await schema.schema
        .createTable('campaigns')
        .addColumn('campaign_id', 'text', (column) => column.primaryKey())
        .addColumn('open', 'integer', (column) => column.notNull())
        .addColumn('sequence', 'bigint', (column) => column.notNull())
        .addColumn('own_sequence', 'bigint', (column) => column.notNull())
        .execute();
      await schema.schema
        .createTable('campaign_members')
        .addColumn('campaign_id', 'text', (column) => column.notNull().references('campaigns.campaign_id'))
        .addColumn('position', 'integer', (column) => column.notNull())
        .addColumn('search', 'text')
        .addColumn('trainings', 'text', (column) => column.notNull())
        .addColumn('evaluations', 'text', (column) => column.notNull())
        .addColumn('sequence', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('campaign_members_key', ['campaign_id', 'position'])
        .execute();
    },
  },
  '0002_course': {
    async up(schema) {
      await schema.schema
        .alterTable('campaign_members')
        .addColumn('course', 'text', (column) => column.notNull().defaultTo('retrain'))
        .execute();
    },
  },
  '0003_stages': {
    async up(database: Kysely<CoordinatorTables>) {
      const { schema } = database;
      await schema
        .alterTable('campaign_members')
        .addColumn('stage', 'text', (column) => column.notNull().defaultTo('search'))
        .execute();
      await schema
        .alterTable('campaign_members')
        .addColumn('due', 'integer', (column) => column.notNull().defaultTo(0))
        .execute();
      await schema
        .createTable('unfinished_runs')
        .addColumn('campaign_id', 'text', (column) => column.notNull().references('campaigns.campaign_id'))
        .addColumn('position', 'integer', (column) => column.notNull())
        .addColumn('kind', 'text', (column) => column.notNull())
        .addColumn('run_id', 'text', (column) => column.notNull())
        .addColumn('sequence', 'bigint', (column) => column.notNull())
        .addPrimaryKeyConstraint('unfinished_runs_key', ['campaign_id', 'position', 'kind', 'run_id'])
        .execute();
      await schema.createIndex('unfinished_runs_by_run').on('unfinished_runs').column('run_id').execute();
      const members = schema.createIndex('members_by_stage').on('campaign_members');
      await members.columns(['campaign_id', 'stage']).execute();
      const due = schema.createIndex('members_by_due').on('campaign_members');
      await due.columns(['campaign_id', 'due', 'position']).execute();
      const changed = schema.createIndex('members_by_sequence').on('campaign_members');
      await changed.columns(['campaign_id', 'sequence']).execute();
      await deriveStages(database);
    },
  },
};

/** Creates the tables of campaigns; those of runs must be there. */
export function migrateCampaigns(database: Database<CoordinatorTables>): Promise<void> {
  return database.migrate('campaigns', migrations);
}
