import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Database, openDatabase } from '@oneshot/storage';
import { createEvent } from '../cloud-event.js';
import { appendEvent } from '../outbox/append-event.js';
import { type EventTables, migrateEvents } from '../tables.js';

/** A database with the tables of events, in a folder of its own. */
export async function eventDatabase(): Promise<{ database: Database<EventTables>; remove: () => Promise<void> }> {
  const directory = mkdtempSync(join(tmpdir(), 'oneshot-events-'));
  const database = await openDatabase<EventTables>({ driver: 'sqlite', path: join(directory, 'events.sqlite') });
  await migrateEvents(database);
  return {
    database,
    async remove() {
      await database.close();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** Writes `count` events numbered from `first` to the outbox, each in a transaction of its own. */
export async function appendNumbered(database: Database<EventTables>, first: number, count: number): Promise<void> {
  for (let number = first; number < first + count; number += 1) {
    const event = createEvent({ source: '/test', type: 'oneshot.search.completed', subject: 'x', data: { number } });
    await database.transaction((transaction) => appendEvent(transaction, event));
  }
}

/** The number an event written by `appendNumbered` carries. */
export function numberOf(event: { readonly data: unknown }): number {
  return (event.data as { number: number }).number;
}
