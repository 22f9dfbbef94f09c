import type { Kysely } from 'kysely';
import type { CloudEvent } from '../cloud-event.js';
import type { EventTables } from '../tables.js';

/**
 * Writes an event in the transaction that makes it true; the relay publishes it after the commit.
 */
export async function appendEvent<Schema extends EventTables>(
  transaction: Kysely<Schema>,
  event: CloudEvent,
): Promise<void> {
  // Every schema that extends EventTables has the outbox; Kysely's types cannot see that through
  // the type parameter.
  const tables = transaction as unknown as Kysely<EventTables>;
  await tables
    .insertInto('outbox')
    .values({ id: event.id, event: JSON.stringify(event) })
    .execute();
}
