import { notFound } from '@oneshot/service-kit';
import type { Database } from '@oneshot/storage';
import { hasEnded, type RunChange } from './run-record.js';
import { changeFromRow, recordFromRow } from './run-row.js';
import type { RunTables } from './tables.js';

/** Changes made by other processes are found by looking; the pause bounds their delay. */
const pollMs = 1000;
const pageRows = 200;

/** See RunStore.watch. NOT_FOUND if there is no such run. */
export async function* watchRun(
  database: Database<RunTables>,
  subscribe: (listener: (id: string) => void) => () => void,
  id: string,
  afterSequence: number,
  signal: AbortSignal,
): AsyncIterable<RunChange> {
  const wake = new WakeUp();
  const unsubscribe = subscribe((changed) => {
    if (changed === id) wake.now();
  });
  const stop = () => wake.now();
  signal.addEventListener('abort', stop);
  let seen = afterSequence;
  try {
    while (!signal.aborted) {
      const row = await database.queries.selectFrom('runs').selectAll().where('id', '=', id).executeTakeFirst();
      if (!row) throw notFound('run', id);
      const run = recordFromRow(row);
      const updates = await database.queries
        .selectFrom('run_updates')
        .selectAll()
        .where('run_id', '=', id)
        .where('sequence', '>', seen)
        .orderBy('sequence')
        .limit(pageRows)
        .execute();
      for (const update of updates) {
        const change = changeFromRow(update, run);
        // A watcher that stopped inside what was merged since goes on right behind what it has.
        yield { ...change, firstSequence: Math.max(change.firstSequence, seen + 1) };
        seen = change.sequence;
        if (signal.aborted) return;
      }
      if (updates.length === pageRows) continue;
      if (hasEnded(run.state) && seen >= run.sequence) return;
      await wake.within(pollMs);
    }
  } finally {
    unsubscribe();
    signal.removeEventListener('abort', stop);
  }
}

/** A pause that a change ends early; a change between two pauses is not lost. */
class WakeUp {
  #woken = false;
  #end: (() => void) | undefined;

  now(): void {
    this.#woken = true;
    this.#end?.();
  }

  async within(ms: number): Promise<void> {
    if (!this.#woken) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms);
        this.#end = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#end = undefined;
    this.#woken = false;
  }
}
