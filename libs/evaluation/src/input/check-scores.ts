import { InputError, type InputFault } from './input-error.js';
import type { Direction, ScoreRecord, ScoreSet } from './score-set.js';

/**
 * Makes a set of scores that can be ranked.
 *
 * @throws InputError for a score that is not finite, a repetition, fewer than two methods, a method without score on some benchmark, and scores
 * that are all the same on every benchmark
 */
export function checkScores(scores: readonly ScoreRecord[], direction: Direction, measure: string): ScoreSet {
  const methods = [...new Set(scores.map(({ method }) => method))];
  const benchmarks = [...new Set(scores.map(({ benchmark }) => benchmark))];
  const faults: InputFault[] = [];
  const seen = new Set<string>();
  const present = new Set<string>();
  for (const { method, benchmark, seed, value } of scores) {
    const field = `${method} on ${benchmark}${seed === '' ? '' : `, seed ${seed}`}`;
    const key = JSON.stringify([method, benchmark, seed]);
    if (!Number.isFinite(value)) faults.push({ field, found: String(value), allowed: 'a finite number' });
    if (seen.has(key)) faults.push({ field, found: 'a second score', allowed: 'one score for each seed' });
    seen.add(key);
    present.add(JSON.stringify([method, benchmark]));
  }
  if (methods.length < 2) {
    const found = methods.length === 0 ? 'no scores' : `one method, ${methods[0]}`;
    faults.push({ field: 'methods', found, allowed: 'at least two methods to rank' });
  }
  const missing = benchmarks.flatMap((benchmark) =>
    methods
      .filter((method) => !present.has(JSON.stringify([method, benchmark])))
      .map((method) => ({ method, benchmark })),
  );
  const allowed = 'a score of every method on every benchmark';
  for (const { method, benchmark } of missing) {
    faults.push({ field: `${method} on ${benchmark}`, found: 'no score', allowed });
  }
  if (faults.length === 0 && allTied(scores)) {
    faults.push({
      field: 'scores',
      found: 'every score of a benchmark alike, on every benchmark',
      allowed: 'a difference somewhere: ties everywhere give no ranking',
    });
  }
  if (faults.length > 0) throw new InputError(faults);
  return { scores, methods, benchmarks, direction, measure };
}

function allTied(scores: readonly ScoreRecord[]): boolean {
  const first = new Map<string, number>();
  return scores.every(({ benchmark, value }) => {
    const known = first.get(benchmark);
    if (known === undefined) first.set(benchmark, value);
    return known === undefined || known === value;
  });
}
