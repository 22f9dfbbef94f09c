import type { Database } from '@oneshot/storage';
import type { Kysely } from 'kysely';
import type { CloudEvent } from '../cloud-event.js';
import type { EventTables } from '../tables.js';

/** An event that a consumer failed at too often. */
export interface ParkedEvent {
  readonly consumer: string;
  readonly event: CloudEvent;
  readonly attempts: number;
  /** What the last attempt failed with. */
  readonly error: string;
  /** Milliseconds since 1970. */
  readonly parkedAt: number;
}

/** The parked events of a database, oldest first, at most `limit` (default 100). */
export async function listParkedEvents<Schema extends EventTables>(
  database: Database<Schema>,
  limit = 100,
): Promise<readonly ParkedEvent[]> {
  const tables = database.queries as unknown as Kysely<EventTables>;
  const rows = await tables.selectFrom('parked_events').selectAll().orderBy('parked_at').limit(limit).execute();
  return rows.map((row) => ({
    consumer: row.consumer,
    event: JSON.parse(row.event) as CloudEvent,
    attempts: row.attempts,
    error: row.error,
    parkedAt: row.parked_at,
  }));
}

/** Puts an event aside so that those behind it go on. */
export async function parkEvent(tables: Kysely<EventTables>, parked: ParkedEvent): Promise<void> {
  await tables
    .insertInto('parked_events')
    .values({
      consumer: parked.consumer,
      event_id: parked.event.id,
      event: JSON.stringify(parked.event),
      attempts: parked.attempts,
      error: parked.error,
      parked_at: parked.parkedAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}
