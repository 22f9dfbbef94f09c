import type { PassingRow } from './passing-row.js';

/** A form of tables of scores, with the columns of one table found: what the scores are, and how each row is read. */
export interface ScoreForm {
  /** Name of the scores, such as that of their column. */
  readonly measure: string;
  /** What else may tell which scores are better, such as the corner of a wide table. */
  readonly clue?: string;
  readonly readRow: (row: PassingRow) => void;
}
