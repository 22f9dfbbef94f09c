/** Why a statistic cannot be computed; stable, so that a program can match it. */
export type StatisticsErrorCode =
  /** Fewer observations, columns or rows than the statistic is defined for. */
  | 'too-few'
  /** Rows or samples that must have the same length do not. */
  | 'length-mismatch'
  /** NaN or an infinity where a finite number is needed. */
  | 'not-finite'
  /** A cell of a table without a value. */
  | 'missing-cell'
  /** No variation, so that a denominator is zero. */
  | 'constant'
  /** Ties, where an exact distribution without ties was asked for. */
  | 'ties'
  /** A parameter outside of its domain. */
  | 'out-of-range'
  /** An iteration that did not reach its tolerance. */
  | 'no-convergence';

/**
 * Input for which a statistic has no value. No function of this library returns NaN: it throws this
 * error instead.
 */
export class StatisticsError extends Error {
  override readonly name = 'StatisticsError';

  /**
   * @param code why, for programs
   * @param field the argument at fault, with its position if it is an entry (`x[3]`,
   * `scores[2][0]`)
   * @param found what was given, in words
   * @param allowed what would be accepted, in words
   */
  constructor(
    readonly code: StatisticsErrorCode,
    readonly field: string,
    readonly found: string,
    readonly allowed: string,
  ) {
    super(`${field}: found ${found}, allowed is ${allowed}`);
  }
}
