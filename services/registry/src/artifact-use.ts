import type { Database } from '@oneshot/storage';
import type { RegistryTables } from './tables.js';

/**
 * Who has just been told that an artifact is there relies on it: this notes it, so that it is not
 * deleted meanwhile.
 */
export interface ArtifactUse {
  /** Notes the use of an artifact; false if there is none. */
  note(digest: string): Promise<boolean>;
  /**
   * Whether a use was noted in this process within so many milliseconds, by a clock that nobody
   * sets.
   */
  within(digest: string, ms: number): boolean;
}

/** One note in the database lasts so long, so that not every question writes. */
const noteEveryMs = 10 * 60 * 1000;
/** How many uses are remembered in memory; the database has the others. */
const mostRemembered = 100_000;

export function createArtifactUse(database: Database<RegistryTables>): ArtifactUse {
  const remembered = new Map<string, number>();

  function remember(digest: string): void {
    remembered.delete(digest);
    remembered.set(digest, performance.now());
    const [oldest] = remembered.keys();
    if (remembered.size > mostRemembered && oldest !== undefined) remembered.delete(oldest);
  }

  return {
    async note(digest) {
      remember(digest);
      const found = await database.queries
        .selectFrom('artifacts')
        .select('used_at')
        .where('digest', '=', digest)
        .executeTakeFirst();
      if (found === undefined) return false;
      const now = Date.now();
      if (Math.abs(now - Number(found.used_at)) < noteEveryMs) return true;
      const { numUpdatedRows } = await database.queries
        .updateTable('artifacts')
        .set({ used_at: now })
        .where('digest', '=', digest)
        .executeTakeFirst();
      return numUpdatedRows > 0n;
    },
    within(digest, ms) {
      const last = remembered.get(digest);
      return last !== undefined && performance.now() - last < ms;
    },
  };
}
