import type { EventTables } from '@oneshot/events';
import type { Database, Migrations } from '@oneshot/storage';
import type { Kysely } from 'kysely';

/** What is known of stored bytes besides the bytes. Times are milliseconds since 1970. */
export interface ArtifactRow {
  digest: string;
  size: number;
  media_type: string;
  created_at: number;
  /**
   * When somebody last stored the bytes or asked whether they are there; to within some minutes.
   */
  used_at: number;
}

export interface GenotypeRow {
  id: string;
  space: string;
  /** Canonical JSON. */
  genotype: string;
  notation: string;
  created_at: number;
}

export interface ModelRow {
  id: string;
  genotype_id: string;
  training_run_id: string;
  onnx: string;
  dataset: string;
  parameters: number;
  test_accuracy: number;
  created_at: number;
}

export interface MetricRow {
  run_id: string;
  name: string;
  step: number;
  /** Null stands for NaN, which SQL has no number for. */
  value: number | null;
}

export interface LineageRow {
  from_id: string;
  relation: string;
  to_id: string;
}

/** See `CampaignScore` of the contract. */
export interface ScoreRow {
  /** Digest of campaign, method, benchmark, seed and retraining. */
  id: string;
  campaign_id: string;
  campaign: string;
  method: string;
  method_settings: string;
  benchmark: string;
  benchmark_settings: string;
  space: string;
  dataset: string;
  seed: number;
  retraining: number;
  accuracy: number;
  genotype_id: string;
  search_run_id: string;
  training_run_id: string;
  evaluation_run_id: string;
  model_id: string;
  created_at: number;
}

export interface RegistryTables extends EventTables {
  artifacts: ArtifactRow;
  genotypes: GenotypeRow;
  models: ModelRow;
  metrics: MetricRow;
  lineage: LineageRow;
  scores: ScoreRow;
}

const filteredColumns = [
  ...['space', 'dataset', 'method', 'benchmark', 'campaign', 'campaign_id', 'seed'],
  ...['genotype_id', 'search_run_id', 'training_run_id', 'evaluation_run_id'],
];

const migrations: Migrations = {
  '0001_registry': {
    async up({ schema }) {
      await schema
        .createTable('artifacts')
        .addColumn('digest', 'text', (column) => column.primaryKey())
        .addColumn('size', 'bigint', (column) => column.notNull())
        .addColumn('media_type', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
      await schema
        .createTable('genotypes')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('space', 'text', (column) => column.notNull())
        .addColumn('genotype', 'text', (column) => column.notNull())
        .addColumn('notation', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
      await schema.createIndex('genotypes_by_age').on('genotypes').columns(['created_at', 'id']).execute();
      await schema
        .createTable('models')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('genotype_id', 'text', (column) => column.notNull().references('genotypes.id'))
        .addColumn('training_run_id', 'text', (column) => column.notNull())
        .addColumn('onnx', 'text', (column) => column.notNull())
        .addColumn('dataset', 'text', (column) => column.notNull())
        .addColumn('parameters', 'bigint', (column) => column.notNull())
        .addColumn('test_accuracy', 'double precision', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
      await schema.createIndex('models_by_age').on('models').columns(['created_at', 'id']).execute();
      await schema.createIndex('models_by_genotype').on('models').columns(['genotype_id']).execute();
      await schema
        .createTable('metrics')
        .addColumn('run_id', 'text', (column) => column.notNull())
        .addColumn('step', 'bigint', (column) => column.notNull())
        .addColumn('name', 'text', (column) => column.notNull())
        .addColumn('value', 'double precision')
        .addPrimaryKeyConstraint('metrics_key', ['run_id', 'step', 'name'])
        .execute();
      await schema
        .createTable('lineage')
        .addColumn('from_id', 'text', (column) => column.notNull())
        .addColumn('relation', 'text', (column) => column.notNull())
        .addColumn('to_id', 'text', (column) => column.notNull())
        .addPrimaryKeyConstraint('lineage_key', ['from_id', 'relation', 'to_id'])
        .execute();
      await schema.createIndex('lineage_backwards').on('lineage').columns(['to_id']).execute();
    },
  },
  '0002_scores': {
    async up({ schema }) {
      await schema
        .createTable('scores')
        .addColumn('id', 'text', (column) => column.primaryKey())
        .addColumn('campaign_id', 'text', (column) => column.notNull())
        .addColumn('campaign', 'text', (column) => column.notNull())
        .addColumn('method', 'text', (column) => column.notNull())
        .addColumn('method_settings', 'text', (column) => column.notNull())
        .addColumn('benchmark', 'text', (column) => column.notNull())
        .addColumn('benchmark_settings', 'text', (column) => column.notNull())
        .addColumn('space', 'text', (column) => column.notNull())
        .addColumn('dataset', 'text', (column) => column.notNull())
        .addColumn('seed', 'bigint', (column) => column.notNull())
        .addColumn('retraining', 'integer', (column) => column.notNull())
        .addColumn('accuracy', 'double precision', (column) => column.notNull())
        .addColumn('genotype_id', 'text', (column) => column.notNull())
        .addColumn('search_run_id', 'text', (column) => column.notNull())
        .addColumn('training_run_id', 'text', (column) => column.notNull())
        .addColumn('evaluation_run_id', 'text', (column) => column.notNull())
        .addColumn('model_id', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
      await schema.createIndex('scores_by_age').on('scores').columns(['created_at', 'id']).execute();
    },
  },
  '0003_artifact_use': {
    async up(database: Kysely<RegistryTables>) {
      const use = database.schema.alterTable('artifacts');
      await use.addColumn('used_at', 'bigint', (column) => column.notNull().defaultTo(0)).execute();
      await database
        .updateTable('artifacts')
        .set((columns) => ({ used_at: columns.ref('created_at') }))
        .execute();
    },
  },
  '0004_score_filters': {
    async up({ schema }) {
      for (const column of filteredColumns) {
        await schema.createIndex(`scores_by_${column}`).on('scores').columns([column, 'created_at', 'id']).execute();
      }
    },
  },
};

/** Creates the registry's tables. */
export function migrateRegistry(database: Database<RegistryTables>): Promise<void> {
  return database.migrate('registry', migrations);
}
