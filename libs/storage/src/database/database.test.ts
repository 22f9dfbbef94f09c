import { execFileSync, spawn } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mayMount, needs } from '@oneshot/test/needs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { StorageError } from '../errors.js';
import type { Database } from './database.js';
import { openDatabase } from './open-database.js';

interface Notes {
  notes: { id: number; text: string; bytes: Uint8Array | null; done: number };
}

const migrations = {
  '0001_notes': {
    async up({ schema }: { schema: Database<Notes>['queries']['schema'] }) {
      await schema
        .createTable('notes')
        .addColumn('id', 'integer', (column) => column.primaryKey())
        .addColumn('text', 'text', (column) => column.notNull())
        .addColumn('bytes', 'blob')
        .addColumn('done', 'integer', (column) => column.notNull())
        .execute();
    },
  },
};

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'oneshot-storage-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

async function opened(path = join(directory, 'deep', 'er', 'notes.sqlite')): Promise<Database<Notes>> {
  const database = await openDatabase<Notes>({ driver: 'sqlite', path });
  await database.migrate('notes', migrations);
  return database;
}

test('what was committed is there after reopening, blobs and large integers included', async () => {
  const first = await opened();
  const bytes = new Uint8Array([0, 1, 255]);
  const time = 1_795_364_061_804;
  await first.queries.insertInto('notes').values({ id: time, text: 'a', bytes, done: 1 }).execute();
  await first.close();
  const second = await opened();
  const row = await second.queries.selectFrom('notes').selectAll().executeTakeFirstOrThrow();
  expect(row).toEqual({ id: time, text: 'a', bytes, done: 1 });
  await second.close();
});

test('a database that was closed is whole in its one file', async () => {
  const path = join(directory, 'notes.sqlite');
  const database = await opened(path);
  for (let id = 0; id < 50; id += 1) {
    await database.queries
      .insertInto('notes')
      .values({ id, text: 'x'.repeat(1000), bytes: new Uint8Array(), done: 0 })
      .execute();
  }
  expect(await database.queries.selectFrom('notes').selectAll().execute()).toHaveLength(50);
  await database.close();
  expect(statSync(`${path}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBe(0);
  const copy = join(directory, 'copy.sqlite');
  copyFileSync(path, copy);
  const again = await opened(copy);
  expect(await again.queries.selectFrom('notes').selectAll().execute()).toHaveLength(50);
  await again.close();
});

test('a transaction that throws leaves nothing behind, and the next one runs', async () => {
  const database = await opened();
  const failing = database.transaction(async (transaction) => {
    await transaction.insertInto('notes').values({ id: 1, text: 'a', bytes: null, done: 0 }).execute();
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await database.transaction(async (transaction) => {
    await transaction.insertInto('notes').values({ id: 2, text: 'b', bytes: null, done: 0 }).execute();
  });
  const rows = await database.queries.selectFrom('notes').select('id').execute();
  expect(rows).toEqual([{ id: 2 }]);
  await database.close();
});

test('concurrent transactions run one after the other', async () => {
  const database = await opened();
  await database.queries.insertInto('notes').values({ id: 1, text: '', bytes: null, done: 0 }).execute();
  const increment = () =>
    database.transaction(async (transaction) => {
      const { done } = await transaction.selectFrom('notes').select('done').executeTakeFirstOrThrow();
      await transaction
        .updateTable('notes')
        .set({ done: done + 1 })
        .execute();
    });
  await Promise.all(Array.from({ length: 50 }, increment));
  const { done } = await database.queries.selectFrom('notes').select('done').executeTakeFirstOrThrow();
  expect(done).toBe(50);
  await database.close();
});

test('two components of one database migrate on their own', async () => {
  const database = await opened();
  await database.migrate('others', {
    '0001_others': { up: async ({ schema }) => schema.createTable('others').addColumn('id', 'integer').execute() },
  });
  await database.migrate('notes', migrations);
  await database.close();
});

test('another process that writes is waited for, and DATABASE_BUSY tells when it takes too long', async () => {
  const path = join(directory, 'notes.sqlite');
  await (await opened(path)).close();
  const library = createRequire(import.meta.url).resolve('libsql');
  const program = `
    const Database = require(${JSON.stringify(library)});
    const database = new Database(${JSON.stringify(path)});
    database.exec('begin immediate');
    console.log('holding');
    process.stdin.once('data', () => { database.exec('commit'); process.exit(0); });
  `;
  const holder = spawn(process.execPath, ['-e', program], { stdio: ['pipe', 'pipe', 'inherit'] });
  await new Promise((resolve) => holder.stdout.once('data', resolve));
  const database = await openDatabase<Notes>({ driver: 'sqlite', path, busyTimeoutMs: 100 });
  const write = () =>
    database.transaction(async (transaction) => {
      await transaction.insertInto('notes').values({ id: 1, text: 'a', bytes: null, done: 0 }).execute();
    });
  await expect(write()).rejects.toMatchObject({ name: 'StorageError', fault: 'DATABASE_BUSY' });
  const exited = new Promise((resolve) => holder.once('exit', resolve));
  holder.stdin.write('\n');
  await exited;
  await write();
  await database.close();
});

test('a file that is no database is told as such', async () => {
  const path = join(directory, 'notes.sqlite');
  writeFileSync(path, 'this is a text file that is long enough to be mistaken for nothing else'.repeat(20));
  await expect(opened(path)).rejects.toMatchObject({ fault: 'DATABASE_CORRUPT' });
});

test('a folder that cannot be made is told as such', async () => {
  writeFileSync(join(directory, 'file'), '');
  await expect(opened(join(directory, 'file', 'notes.sqlite'))).rejects.toMatchObject({ fault: 'NOT_ACCESSIBLE' });
});

const smallDisk = needs('the right to mount a small file system', mayMount());

test(
  'a full disk is DISK_FULL, keeps what was committed, and is no obstacle once there is room',
  smallDisk,
  async () => {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', directory]);
    try {
      const database = await opened(join(directory, 'notes.sqlite'));
      const write = (id: number) =>
        database.transaction(async (transaction) => {
          const bytes = new Uint8Array(100_000);
          await transaction.insertInto('notes').values({ id, text: 'a', bytes, done: 0 }).execute();
        });
      let stored = 0;
      const failure = await (async () => {
        for (; stored < 50; stored += 1) await write(stored);
      })().catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(StorageError);
      expect(failure).toMatchObject({ fault: 'DISK_FULL' });
      const count = () => database.queries.selectFrom('notes').select('id').execute();
      expect(await count()).toHaveLength(stored);
      execFileSync('mount', ['-o', 'remount,size=4m', directory]);
      await write(1000);
      expect(await count()).toHaveLength(stored + 1);
      await database.close();
    } finally {
      // The library closes its files when its statements are collected as garbage.
      execFileSync('umount', ['--lazy', directory]);
    }
  },
);
