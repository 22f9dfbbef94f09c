import type { InputFault } from './input-error.js';
import type { ScoreRecord } from './score-set.js';

/** A score as read, with its place; without a value its cell was refused already. */
export interface PlacedScore extends Omit<ScoreRecord, 'value'> {
  readonly value: number | undefined;
  readonly line: number;
  readonly column: number;
}

/** The scores that have a value; a second one for the same method, benchmark and seed is a fault. */
export function refuseRepetitions(
  scores: readonly PlacedScore[],
  hasSeeds: boolean,
  faults: InputFault[],
): ScoreRecord[] {
  const first = new Map<string, number>();
  const kept: ScoreRecord[] = [];
  for (const { method, benchmark, seed, value, line, column } of scores) {
    const key = JSON.stringify([method, benchmark, seed]);
    const before = first.get(key);
    if (before === undefined) first.set(key, line);
    else if (faults.at(-1)?.line !== line) {
      const what = `${method} on ${benchmark}${hasSeeds ? `, seed ${seed}` : ''}`;
      const allowed = hasSeeds
        ? 'each of them once'
        : 'each of them once, or a column that tells repetitions apart (seed)';
      faults.push({ line, column, field: 'row', found: `a second score of ${what}, after line ${before}`, allowed });
    }
    if (value !== undefined) kept.push({ method, benchmark, seed, value });
  }
  return kept;
}
