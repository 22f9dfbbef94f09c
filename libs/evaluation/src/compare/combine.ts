import { checkScores } from '../input/check-scores.js';
import { InputError } from '../input/input-error.js';
import { type ScoreRecord, type ScoreSet, scoresOn } from '../input/score-set.js';
import { betterWords } from '../words/direction.js';

/** Scores of several inputs side by side. */
export interface Combined {
  readonly set: ScoreSet;
  /** Benchmarks that not every input has, and that were left out. */
  readonly leftOut: readonly string[];
}

/**
 * Puts the methods of several inputs into one set, over the benchmarks that all of them have. A
 * method that stands in several inputs is named with its input, as `input: method`.
 *
 * @param inputs at least one
 * @throws InputError if no benchmark is shared, or inputs differ in direction
 */
export function combineScores(inputs: readonly { readonly name: string; readonly set: ScoreSet }[]): Combined {
  const [first, ...others] = inputs;
  if (first === undefined) throw new InputError([{ field: 'inputs', found: 'none', allowed: 'at least one' }]);
  if (others.length === 0) return { set: first.set, leftOut: [] };
  const { directionReason } = first.set;
  if (others.some(({ set }) => set.direction !== first.set.direction)) {
    const found = inputs.map(({ name, set }) => `${name}: ${betterWords(set)}`).join('; ');
    const allowed = 'scores that are better in the same direction, or --direction up or down for all of them';
    throw new InputError([{ field: 'direction', found, allowed }]);
  }
  const known = others.map(({ set }) => new Set(set.benchmarks));
  const shared = new Set(first.set.benchmarks.filter((benchmark) => known.every((own) => own.has(benchmark))));
  if (shared.size === 0) {
    const found = inputs.map(({ name, set }) => `${name}: ${listed(set.benchmarks)}`).join('; ');
    throw new InputError([
      { field: 'benchmarks', found, allowed: 'at least one that every input has, under the same name' },
    ]);
  }
  const times = new Map<string, number>();
  for (const { set } of inputs) for (const method of set.methods) times.set(method, (times.get(method) ?? 0) + 1);
  function* records(): Iterable<ScoreRecord> {
    for (const { name, set } of inputs) {
      const named = (method: string) => ((times.get(method) ?? 0) > 1 ? `${name}: ${method}` : method);
      yield* recordsOf(set, (benchmark) => shared.has(benchmark), named);
    }
  }
  const all = new Set(inputs.flatMap(({ set }) => set.benchmarks));
  return {
    set: { ...checkScores(records(), first.set.direction, first.set.measure), directionReason },
    leftOut: [...all].filter((benchmark) => !shared.has(benchmark)),
  };
}

/**
 * The scores of some methods only.
 *
 * @throws InputError with every name that is no method, and for fewer than two
 */
export function selectMethods(set: ScoreSet, methods: readonly string[]): ScoreSet {
  const unknown = methods.filter((method) => !set.methods.includes(method));
  if (unknown.length > 0) {
    throw new InputError(unknown.map((method) => ({ field: 'methods', found: method, allowed: listed(set.methods) })));
  }
  const chosen = (method: string) => (methods.includes(method) ? method : undefined);
  return checkScores(
    recordsOf(set, () => true, chosen),
    set.direction,
    set.measure,
  );
}

/** @param named what a method is called; `undefined` leaves it out */
function* recordsOf(
  set: ScoreSet,
  has: (benchmark: string) => boolean,
  named: (method: string) => string | undefined,
): Iterable<ScoreRecord> {
  const names = set.methods.map(named);
  for (const [row, benchmark] of set.benchmarks.entries()) {
    if (!has(benchmark)) continue;
    for (const [column, method] of names.entries()) {
      if (method === undefined) continue;
      for (const [seed, value] of scoresOn(set, row, column).entries()) {
        yield { method, benchmark, seed: String(seed), value };
      }
    }
  }
}

// Longer lists are cut in messages.
const mostListed = 40;

function listed(names: readonly string[]): string {
  if (names.length <= mostListed) return names.join(', ');
  return `${names.slice(0, mostListed).join(', ')} and ${names.length - mostListed} more`;
}
