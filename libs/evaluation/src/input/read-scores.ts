import { checkScores } from './check-scores.js';
import { InputError, type InputFault } from './input-error.js';
import { readLongForm } from './long-form.js';
import type { Cell } from './parse-csv.js';
import { inOrder, readTable } from './read-table.js';
import type { Direction, ScoreSet } from './score-set.js';
import type { ScoreColumns } from './table.js';
import { readWideForm } from './wide-form.js';

/** Where a table of scores keeps what. */
export interface ReadScoresOptions {
  /** `long`: a row per score; `wide`: a row per benchmark (and seed), a column per method. Default: long if there is a column of methods. */
  readonly form?: 'long' | 'wide';
  /** Names of columns. Default: the usual ones, such as `method`, `benchmark` or `dataset`, `seed`, `value` or `accuracy`. */
  readonly columns?: ScoreColumns;
  /** Default `up`. */
  readonly direction?: Direction;
  /** What the scores are. Default: the name of the column of values, or `score`. */
  readonly measure?: string;
}

/**
 * Reads scores from separated values with a header.
 *
 * @throws InputError with every fault and its line and column: columns that are not there, empty cells, text or NaN where a number is needed,
 * rows too short or too long, repetitions, and what `checkScores` refuses
 */
export function readScores(text: string, options: ReadScoresOptions = {}): ScoreSet {
  const faults: InputFault[] = [];
  const table = readTable(text, 'a header, and a row for every score or benchmark', faults);
  const { header } = table;
  const inHeader = headerFaults(header);
  if (inHeader.length > 0) throw new InputError(inHeader);
  const read = isLong(header, options)
    ? readLongForm(table, options.columns ?? {}, faults)
    : readWideForm(table, options.columns ?? {}, faults);
  if (faults.length > 0) throw new InputError(inOrder(faults));
  return checkScores(read.scores, options.direction ?? 'up', options.measure ?? read.measure);
}

function isLong(header: readonly Cell[], { form, columns }: ReadScoresOptions): boolean {
  if (form !== undefined) return form === 'long';
  return (
    columns?.method !== undefined ||
    columns?.value !== undefined ||
    header.some(({ text }) => /^(method|algorithm|optimi[sz]er)s?$/i.test(text))
  );
}

function headerFaults(header: readonly Cell[]): InputFault[] {
  const seen = new Map<string, Cell>();
  return header.flatMap((cell): InputFault[] => {
    const { line, column, text } = cell;
    const field = 'header';
    if (text === '')
      return [{ line, column, field, found: 'a column without a name', allowed: 'a name for every column' }];
    if (seen.has(text))
      return [{ line, column, field, found: `a second column ${JSON.stringify(text)}`, allowed: 'each name once' }];
    seen.set(text, cell);
    return [];
  });
}
