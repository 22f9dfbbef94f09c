import type { Database } from '@oneshot/storage';
import type { Kysely, Transaction } from 'kysely';
import type { Bus, Delivery } from '../bus.js';
import type { CloudEvent } from '../cloud-event.js';
import type { EventTables } from '../tables.js';
import { parkEvent } from './parked-events.js';

export interface ConsumerOptions<Schema extends EventTables> {
  readonly bus: Bus;
  readonly database: Database<Schema>;
  /** Names the consumer for ever, such as `coordinator-runs`. Letters, digits, `-` and `_`. */
  readonly name: string;
  /** Event types; `*` stands for one word, a last `>` for the rest. */
  readonly types: readonly string[];
  /**
   * Acts on an event, once: what it writes in the transaction is committed together with the note
   * that the event was taken, so a repetition is recognised. Like any transaction's work it waits
   * for nothing but the database.
   */
  readonly handle: (event: CloudEvent, transaction: Transaction<Schema>) => Promise<void>;
  /** Tries before an event is parked. Default 5. */
  readonly maxAttempts?: number;
  /** Told of every failed try. */
  readonly onError: (error: unknown, event: CloudEvent, attempt: number) => void;
}

export interface Consumer {
  /** Waits for the event in hand, then ends. */
  close(): Promise<void>;
}

// Repetitions come within minutes; a week covers a bus that was down.
const remembered = 7 * 24 * 3600 * 1000;

/**
 * Consumes events idempotently; one that fails `maxAttempts` times is parked with its last error,
 * and the next one is taken.
 */
export async function startConsumer<Schema extends EventTables>(options: ConsumerOptions<Schema>): Promise<Consumer> {
  const maxAttempts = options.maxAttempts ?? 5;
  const tables = options.database.queries as unknown as Kysely<EventTables>;
  await tables
    .deleteFrom('inbox')
    .where('taken_at', '<', Date.now() - remembered)
    .execute();

  async function take(event: CloudEvent): Promise<void> {
    await options.database.transaction(async (transaction) => {
      const inbox = transaction as unknown as Kysely<EventTables>;
      const noted = await inbox
        .insertInto('inbox')
        .values({ consumer: options.name, event_id: event.id, taken_at: Date.now() })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      if (noted.numInsertedOrUpdatedRows === 0n) return;
      await options.handle(event, transaction);
    });
  }

  async function deliver(event: CloudEvent, { attempt }: Delivery): Promise<void> {
    try {
      await take(event);
    } catch (error) {
      options.onError(error, event, attempt);
      if (attempt < maxAttempts) throw error;
      const text = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      await parkEvent(tables, {
        consumer: options.name,
        event,
        attempts: attempt,
        error: text,
        parkedAt: Date.now(),
      });
    }
  }

  return options.bus.subscribe({ durable: options.name, types: options.types, deliver });
}
