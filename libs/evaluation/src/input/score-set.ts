import type { RankDirection } from '@oneshot/stats';

/** One score of one method on one benchmark; `seed` tells repetitions apart. */
export interface ScoreRecord {
  readonly method: string;
  readonly benchmark: string;
  readonly seed: string;
  readonly value: number;
}

/** Which scores are better: `up` as for accuracies, `down` as for errors. */
export type Direction = 'up' | 'down';

/**
 * How the direction is known: it was asked for, a name tells it, or nothing does and greater scores
 * are taken to be better.
 */
export type DirectionReason =
  | { readonly from: 'asked' }
  | { readonly from: 'name'; readonly name: string }
  | { readonly from: 'default' };

/**
 * Every method on every benchmark at least once; at least two methods, and somewhere a difference.
 * Made by `checkScores`.
 */
export interface ScoreSet {
  /** In the order in which they first appear. */
  readonly methods: readonly string[];
  /** In the order in which they first appear. */
  readonly benchmarks: readonly string[];
  /**
   * `[benchmarks × methods + 1]`: where the scores of each method on each benchmark begin in
   * `values`; see `scoresOn`.
   */
  readonly starts: Uint32Array;
  /** All scores, by benchmark, then method, then the order in which they appear. */
  readonly values: Float64Array;
  readonly direction: Direction;
  readonly directionReason: DirectionReason;
  /** What the scores are, such as `test accuracy`. */
  readonly measure: string;
}

/** The scores of a method on a benchmark, both by position. */
export function scoresOn({ methods, starts, values }: ScoreSet, benchmark: number, method: number): Float64Array {
  const cell = benchmark * methods.length + method;
  return values.subarray(starts[cell], starts[cell + 1]);
}

/** The direction as ranks have it. */
export function rankDirectionOf(direction: Direction): RankDirection {
  return direction === 'up' ? 'largest-first' : 'smallest-first';
}
