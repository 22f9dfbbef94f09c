import { refuseBeyondHeap } from '../memory.js';
import { FaultList } from './fault-list.js';
import { isMeasured, measuredNumber } from './read-cells.js';
import { ScoreRows } from './score-rows.js';
import type { Direction, ScoreRecord, ScoreSet } from './score-set.js';

/**
 * Makes a set of scores that can be ranked.
 *
 * @throws InputError for a score that is not finite or past 1e100, a repetition, and what
 * `checkedScores` refuses
 */
export function checkScores(records: Iterable<ScoreRecord>, direction: Direction, measure: string): ScoreSet {
  const faults = new FaultList();
  const scores = new ScoreRows();
  const { methods, benchmarks, seeds } = scores;
  for (const { method, benchmark, seed, value } of records) {
    const field = `${method} on ${benchmark}${seed === '' ? '' : `, seed ${seed}`}`;
    if (!isMeasured(value)) {
      const allowed = Number.isFinite(value) ? measuredNumber : 'a finite number';
      faults.add({ field, found: String(value), allowed });
    }
    const names = [methods.numberOfText(method), benchmarks.numberOfText(benchmark), seeds.numberOfText(seed)] as const;
    if (scores.add(...names, value, 1) > 0) {
      faults.add({ field, found: 'a second score', allowed: 'one score for each seed' });
    }
  }
  return checkedScores(scores, { direction, directionReason: { from: 'asked' }, measure }, faults);
}

/**
 * Orders scores by benchmark and method.
 *
 * @param faults what is known to be wrong already. Default: nothing
 * @throws InputError for fewer than two methods, a method without score on some benchmark, and
 * scores that are all the same on every benchmark
 */
export function checkedScores(
  scores: ScoreRows,
  meaning: Pick<ScoreSet, 'direction' | 'directionReason' | 'measure'>,
  faults = new FaultList(),
): ScoreSet {
  refuseBeyondHeap(
    bytesOfName * (scores.methods.size + scores.benchmarks.size),
    `${scores.methods.size.toLocaleString('en')} methods and ${scores.benchmarks.size.toLocaleString('en')} benchmarks`,
  );
  const methods = scores.methods.names();
  const benchmarks = scores.benchmarks.names();
  if (methods.length < 2) {
    const found = methods.length === 0 ? 'no scores' : `one method, ${methods[0]}`;
    faults.add({ field: 'methods', found, allowed: 'at least two methods to rank' });
  }
  tellMissing(scores, methods, benchmarks, faults);
  faults.throwIfAny();
  const set = { methods, benchmarks, ...byCell(scores, methods.length, benchmarks.length), ...meaning };
  if (allTied(set)) {
    faults.add({
      field: 'scores',
      found: 'every score of a benchmark alike, on every benchmark',
      allowed: 'a difference somewhere: ties everywhere give no ranking',
    });
    faults.throwIfAny();
  }
  return set;
}

// A short string, and its place in a list.
const bytesOfName = 64;
// Further cells without a score are counted, not named.
const mostNamed = 20;

function tellMissing(
  { size, method, benchmark }: ScoreRows,
  methods: readonly string[],
  benchmarks: readonly string[],
  faults: FaultList,
): void {
  const keys = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    keys[row] = (benchmark[row] as number) * methods.length + (method[row] as number);
  }
  keys.sort();
  const cells = benchmarks.length * methods.length;
  let present = 0;
  let named = 0;
  let next = 0;
  const nameUntil = (end: number) => {
    for (; next < end && named < mostNamed; next++, named++) {
      const where = `${methods[next % methods.length]} on ${benchmarks[Math.floor(next / methods.length)]}`;
      faults.add({ field: where, found: 'no score', allowed: 'a score of every method on every benchmark' });
    }
  };
  for (let row = 0; row < size; row++) {
    const key = keys[row] as number;
    if (row > 0 && key === keys[row - 1]) continue;
    present += 1;
    nameUntil(key);
    next = key + 1;
  }
  nameUntil(cells);
  faults.addFurther(cells - present - named);
}

/** Scores in the order of cells; those of one cell in the order in which they were read. */
function byCell(
  { size, method, benchmark, value }: ScoreRows,
  methods: number,
  benchmarks: number,
): Pick<ScoreSet, 'starts' | 'values'> {
  const starts = new Uint32Array(benchmarks * methods + 1);
  const cellOf = (row: number) => (benchmark[row] as number) * methods + (method[row] as number);
  for (let row = 0; row < size; row++) starts[cellOf(row) + 1] = (starts[cellOf(row) + 1] as number) + 1;
  for (let cell = 0; cell < benchmarks * methods; cell++) {
    starts[cell + 1] = (starts[cell + 1] as number) + (starts[cell] as number);
  }
  const next = starts.slice();
  const values = new Float64Array(size);
  for (let row = 0; row < size; row++) {
    const cell = cellOf(row);
    const place = next[cell] as number;
    values[place] = value[row] as number;
    next[cell] = place + 1;
  }
  return { starts, values };
}

function allTied({
  methods,
  benchmarks,
  starts,
  values,
}: Pick<ScoreSet, 'methods' | 'benchmarks' | 'starts' | 'values'>): boolean {
  for (let benchmark = 0; benchmark < benchmarks.length; benchmark++) {
    const start = starts[benchmark * methods.length] as number;
    const end = starts[(benchmark + 1) * methods.length] as number;
    for (let at = start + 1; at < end; at++) if (values[at] !== values[start]) return false;
  }
  return true;
}
