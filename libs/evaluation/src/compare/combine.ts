import { checkScores } from '../input/check-scores.js';
import { InputError } from '../input/input-error.js';
import type { ScoreSet } from '../input/score-set.js';

/** Scores of several inputs side by side. */
export interface Combined {
  readonly set: ScoreSet;
  /** Benchmarks that not every input has, and that were left out. */
  readonly leftOut: readonly string[];
}

/**
 * Puts the methods of several inputs into one set, over the benchmarks that all of them have. A method that stands in several inputs is named with
 * its input, as `input: method`.
 *
 * @param inputs at least one; all with the same direction
 * @throws InputError if no benchmark is shared
 */
export function combineScores(inputs: readonly { readonly name: string; readonly set: ScoreSet }[]): Combined {
  const [first, ...others] = inputs;
  if (first === undefined) throw new InputError([{ field: 'inputs', found: 'none', allowed: 'at least one' }]);
  if (others.length === 0) return { set: first.set, leftOut: [] };
  const shared = first.set.benchmarks.filter((benchmark) =>
    others.every(({ set }) => set.benchmarks.includes(benchmark)),
  );
  const all = new Set(inputs.flatMap(({ set }) => set.benchmarks));
  if (shared.length === 0) {
    const found = inputs.map(({ name, set }) => `${name}: ${set.benchmarks.join(', ')}`).join('; ');
    throw new InputError([
      { field: 'benchmarks', found, allowed: 'at least one that every input has, under the same name' },
    ]);
  }
  const times = new Map<string, number>();
  for (const { set } of inputs) for (const method of set.methods) times.set(method, (times.get(method) ?? 0) + 1);
  const scores = inputs.flatMap(({ name, set }) =>
    set.scores
      .filter(({ benchmark }) => shared.includes(benchmark))
      .map((score) => ((times.get(score.method) ?? 0) > 1 ? { ...score, method: `${name}: ${score.method}` } : score)),
  );
  const set = checkScores(scores, first.set.direction, first.set.measure);
  return { set, leftOut: [...all].filter((benchmark) => !shared.includes(benchmark)) };
}

/**
 * The scores of some methods only.
 *
 * @throws InputError with every name that is no method, and for fewer than two
 */
export function selectMethods(set: ScoreSet, methods: readonly string[]): ScoreSet {
  const unknown = methods.filter((method) => !set.methods.includes(method));
  if (unknown.length > 0) {
    throw new InputError(
      unknown.map((method) => ({ field: 'methods', found: method, allowed: set.methods.join(', ') })),
    );
  }
  return checkScores(
    set.scores.filter(({ method }) => methods.includes(method)),
    set.direction,
    set.measure,
  );
}
