import type { Database } from '@oneshot/storage';
import type { Kysely } from 'kysely';
import type { Bus } from '../bus.js';
import type { CloudEvent } from '../cloud-event.js';
import type { EventTables } from '../tables.js';
import { Wakeable } from '../wakeable.js';

export interface RelayOptions<Schema extends EventTables> {
  readonly database: Database<Schema>;
  readonly bus: Bus;
  /** Told of the first failure to publish after a success; the relay goes on by itself. */
  readonly onError: (error: unknown) => void;
  /** Time between looks at the outbox when nobody calls `wake`, in milliseconds. Default 1000. */
  readonly pollMs?: number;
}

export interface Relay {
  /** Looks at the outbox now. */
  wake(): void;
  /** Ends after the publication in progress; what is left is published after the next start. */
  close(): Promise<void>;
}

const longestPauseMs = 10_000;

/**
 * Publishes the outbox in order, each event at least once: an event leaves the table after the bus
 * has answered for it. While the bus does not answer, events stay and the relay tries again for
 * ever.
 */
export function startRelay<Schema extends EventTables>(options: RelayOptions<Schema>): Relay {
  const tables = options.database.queries as unknown as Kysely<EventTables>;
  const wakeable = new Wakeable();
  const pollMs = options.pollMs ?? 1000;

  async function publishAll(): Promise<void> {
    for (;;) {
      const rows = await tables.selectFrom('outbox').selectAll().orderBy('position').limit(100).execute();
      if (rows.length === 0) return;
      for (const row of rows) {
        if (wakeable.closed) return;
        await options.bus.publish(JSON.parse(row.event) as CloudEvent);
        await tables.deleteFrom('outbox').where('position', '=', row.position).execute();
      }
    }
  }

  async function run(): Promise<void> {
    let failures = 0;
    while (!wakeable.closed) {
      try {
        await publishAll();
        failures = 0;
        await wakeable.sleep(pollMs);
      } catch (error) {
        if (wakeable.closed) return;
        if (failures === 0) options.onError(error);
        failures += 1;
        await wakeable.rest(Math.min(longestPauseMs, 100 * 2 ** Math.min(failures, 20)));
      }
    }
  }

  const running = run();
  return {
    wake: () => wakeable.wake(),
    async close() {
      wakeable.close();
      await running;
    },
  };
}
