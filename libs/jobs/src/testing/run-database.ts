import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateEvents } from '@oneshot/events';
import { type Database, openDatabase } from '@oneshot/storage';
import { migrateRuns, type RunTables } from '../runs/tables.js';

/** A folder with a database of runs, which can be closed and opened again. */
export class RunDatabase {
  readonly directory = mkdtempSync(join(tmpdir(), 'oneshot-jobs-'));

  async open(): Promise<Database<RunTables>> {
    const database = await openDatabase<RunTables>({ driver: 'sqlite', path: join(this.directory, 'runs.sqlite') });
    await migrateEvents(database);
    await migrateRuns(database);
    return database;
  }

  remove(): void {
    rmSync(this.directory, { recursive: true, force: true });
  }
}

/** The types of the events written so far, in order. */
export async function toldEvents(database: Database<RunTables>): Promise<readonly string[]> {
  const rows = await database.queries.selectFrom('outbox').select('event').orderBy('position').execute();
  return rows.map(({ event }) => (JSON.parse(event) as { type: string }).type);
}
