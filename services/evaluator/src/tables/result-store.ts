import type { ResultFile } from '@oneshot/contracts';
import { type Database, type DatabaseLocation, type Migrations, openDatabase } from '@oneshot/storage';

interface ResultRow {
  /** Digest of task and tables. */
  input: string;
  /** JSON. */
  files: string;
  created_at: number;
}

interface ResultTables {
  table_results: ResultRow;
}

const migrations: Migrations = {
  '0001_table_results': {
    async up(schema) {
      await schema.schema
        .createTable('table_results')
        .addColumn('input', 'text', (column) => column.primaryKey())
        .addColumn('files', 'text', (column) => column.notNull())
        .addColumn('created_at', 'bigint', (column) => column.notNull())
        .execute();
    },
  },
};

/** Which artifacts were made of which input. */
export interface ResultStore {
  find(input: string): Promise<readonly ResultFile[] | undefined>;
  keep(input: string, files: readonly ResultFile[]): Promise<void>;
  close(): Promise<void>;
}

/** Opens the store in the evaluator's database. */
export async function openResultStore(location: DatabaseLocation): Promise<ResultStore> {
  const database: Database<ResultTables> = await openDatabase<ResultTables>(location);
  await database.migrate('table_results', migrations);
  return {
    async find(input) {
      const row = await database.queries
        .selectFrom('table_results')
        .select('files')
        .where('input', '=', input)
        .executeTakeFirst();
      // Written by `keep` and by nothing else.
      return row === undefined ? undefined : (JSON.parse(row.files) as readonly ResultFile[]);
    },
    async keep(input, files) {
      const row = { input, files: JSON.stringify(files), created_at: Date.now() };
      await database.queries
        .insertInto('table_results')
        .values(row)
        .onConflict((conflict) =>
          conflict.column('input').doUpdateSet({ files: row.files, created_at: row.created_at }),
        )
        .execute();
    },
    close: () => database.close(),
  };
}
