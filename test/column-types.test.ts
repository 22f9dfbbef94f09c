import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '@oneshot/cli';
import { openDatabase } from '@oneshot/storage';
import { expect, test } from 'vitest';

interface Catalogue {
  sqlite_master: { type: string; name: string; sql: string };
}

test('times, sequences, fencing numbers and sizes have columns that hold them on every database', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'oneshot-columns-'));
  const embedded = await startEmbedded({ dataDir: directory, workers: 0 });
  await embedded.shutdown();
  const narrow: string[] = [];
  let columns = 0;
  for (const file of readdirSync(directory).filter((name) => name.endsWith('.sqlite'))) {
    const database = await openDatabase<Catalogue>({ driver: 'sqlite', path: join(directory, file) });
    const tables = await database.queries
      .selectFrom('sqlite_master')
      .select(['name', 'sql'])
      .where('type', '=', 'table')
      .execute();
    await database.close();
    for (const { name, sql } of tables) {
      for (const [, column, type] of sql.matchAll(/"(\w+_at|\w*sequence|fence|size|step|seed)" (\w+)/g)) {
        columns += 1;
        if (type !== 'bigint') narrow.push(`${file} ${name}.${column} ${type}`);
      }
    }
  }
  rmSync(directory, { recursive: true });
  expect(narrow).toEqual([]);
  expect(columns).toBeGreaterThan(20);
}, 60_000);
