import type { RunTables } from '@oneshot/jobs';
import type { Database, Migrations } from '@oneshot/storage';
import type { Kysely } from 'kysely';
import type { Course } from '../reconcile/course.js';
import type { MemberRunKind, Stage } from '../reconcile/member-state.js';
import { deriveStages } from './derive-stages.js';

/** What the coordinator keeps of a campaign beside its run. */
export interface CampaignRow {
  campaign_id: string;
  /** 1 until nothing is left to be done for it: a campaign that has ended may still have runs to cancel. */
  open: number;
  /** The last number given in the campaign's history. */
  sequence: number;
  /** The number of the last change of the campaign itself. */
  own_sequence: number;
}

/** The runs of one member as last found. */
export interface MemberRow {
  campaign_id: string;
  position: number;
  /** What follows from the runs: how far the member is. */
  stage: Stage;
  /** 1 if a run of the member is to be submitted. */
  due: number;
  /** What follows its search. */
  course: Course;
  /** JSON of oneshot.v1.Run; null: not submitted. */
  search: string | null;
  /** JSON list of oneshot.v1.Run or null, one per hyperparameter set. */
  trainings: string;
  evaluations: string;
  /** The number of its last change in the campaign's history. */
  sequence: number;
}

/** A run of a member that had not ended when it was last looked at. */
export interface UnfinishedRunRow {
  campaign_id: string;
  position: number;
  kind: MemberRunKind;
  run_id: string;
  /** The run's own, as last found. */
  sequence: number;
}

export interface CoordinatorTables extends RunTables {
  campaigns: CampaignRow;
  campaign_members: MemberRow;
  unfinished_runs: UnfinishedRunRow;
}

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
