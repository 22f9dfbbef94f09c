/** Why a benchmark cannot answer; stable, so that a program can match it. */
export type BenchmarkErrorCode =
  | 'missing-file'
  | 'unreadable-file'
  | 'wrong-digest'
  | 'wrong-format'
  | 'unknown-architecture'
  | 'unknown-metric'
  | 'unknown-dataset'
  | 'unknown-device'
  | 'unknown-table'
  | 'incomplete'
  | 'unknown-benchmark';

/** Every error this room throws. */
export class BenchmarkError extends Error {
  override readonly name = 'BenchmarkError';

  /**
   * @param code why, for programs
   * @param field the file, argument or cell at fault
   * @param found what was given, in words
   * @param allowed what would be accepted, in words
   */
  constructor(
    readonly code: BenchmarkErrorCode,
    readonly field: string,
    readonly found: string,
    readonly allowed: string,
  ) {
    super(`${field}: found ${found}, allowed is ${allowed}`);
  }
}
