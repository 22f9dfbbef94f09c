import type { Cell, PassingRow } from './passing-row.js';

/** Whether the scores of a method or benchmark of this name are not read. */
export type LeavesOut = (name: string) => boolean;

/**
 * A form of tables of scores, with the columns of one table found: what the scores are, and how
 * each row is read.
 */
export interface ScoreForm {
  /** Name of the scores, such as that of their column. */
  readonly measure: string;
  /** What else may tell which scores are better, such as the corner of a wide table. */
  readonly clue?: string;
  readonly readRow: (row: PassingRow) => void;
  /** A column that was taken for the scores of a method, and holds words only. Default: none. */
  readonly wordColumn?: () => Cell | undefined;
}
