import type { Space } from '../spaces/space.js';

/** What a stop sees of an epoch. */
export interface EpochSeen {
  /** The genotype that would be selected after it, in the field's notation. */
  readonly genotype: string;
}

/** What a stop sees after an epoch. */
export interface StopInput {
  readonly space: Space;
  /** All epochs so far, the oldest first. */
  readonly epochs: readonly EpochSeen[];
}

/**
 * Ends a search before its last epoch. A pure function of what the epochs left on record: it
 * remembers nothing, so that a resumed search stops where an undisturbed one does.
 */
export interface Stop {
  /** Why the search ends after the last of these epochs, in a sentence; null where it goes on. */
  reason(input: StopInput): string | null;
}
