import { type Kysely, Migrator } from 'kysely';
import type { Migrations } from './database.js';

/** Runs the steps of a component that have not run yet, in one transaction. */
export async function migrateComponent(
  queries: Kysely<unknown>,
  component: string,
  migrations: Migrations,
): Promise<void> {
  const migrator = new Migrator({
    db: queries,
    provider: { getMigrations: async () => migrations },
    migrationTableName: `${component}_migrations`,
    migrationLockTableName: `${component}_migrations_lock`,
  });
  const { error } = await migrator.migrateToLatest();
  if (error) throw error;
}
