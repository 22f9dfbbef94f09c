import type { FaultList } from './fault-list.js';
import type { Place } from './passing-row.js';

/**
 * Tells that a method has a second score on a benchmark; of several in a line the first is told.
 */
export function tellRepetition(
  place: Place,
  what: { readonly method: string; readonly benchmark: string; readonly seed: string | undefined },
  before: number,
  faults: FaultList,
): void {
  if (faults.lastLine === place.line) return;
  const { method, benchmark, seed } = what;
  const found = `a second score of ${method} on ${benchmark}${seed === undefined ? '' : `, seed ${seed}`}, after line ${before}`;
  const allowed =
    seed === undefined ? 'each of them once, or a column that tells repetitions apart (seed)' : 'each of them once';
  faults.add({ ...place, field: 'row', found, allowed });
}
