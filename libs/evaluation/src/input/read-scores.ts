import { checkedScores } from './check-scores.js';
import { chooseDirection } from './choose-direction.js';
import { findColumn, type ScoreColumns, usualNames } from './columns.js';
import { FaultList } from './fault-list.js';
import { InputError } from './input-error.js';
import { longForm } from './long-form.js';
import type { Cell } from './passing-row.js';
import { readTable } from './read-table.js';
import type { LeavesOut, ScoreForm } from './score-form.js';
import { ScoreRows } from './score-rows.js';
import type { Direction, ScoreSet } from './score-set.js';
import type { TableSource } from './table-source.js';
import { wideForm } from './wide-form.js';

/** Where a table of scores keeps what. */
export interface ReadScoresOptions {
  /**
   * `long`: a row per score; `wide`: a row per benchmark (and seed), a column per method. Default:
   * long if there is a column of methods.
   */
  readonly form?: 'long' | 'wide';
  /**
   * Names of columns. Default: the usual ones, such as `method`, `benchmark` or `dataset`, `seed`,
   * `value` or `accuracy`.
   */
  readonly columns?: ScoreColumns;
  /**
   * Default: as the name of the measure tells, `down` for errors and costs, or else `up`; see
   * `chooseDirection`.
   */
  readonly direction?: Direction;
  /** What the scores are. Default: the name of the column of values, or `score`. */
  readonly measure?: string;
  /**
   * Methods and benchmarks whose scores are not read, such as an optimum that is no method.
   * Default: none.
   */
  readonly without?: readonly string[];
  /** Called with each of them that the table has. */
  readonly onLeftOut?: (name: string) => void;
}

/**
 * Reads scores from separated values with a header, row by row: what is kept of a row are its
 * numbers.
 *
 * @throws InputError with every fault and its line and column: columns that are not there, empty
 * cells, text or NaN where a number is needed, rows too short or too long, repetitions, benchmarks
 * that point in different directions, and what `checkScores` refuses
 */
export function readScores(source: TableSource, options: ReadScoresOptions = {}): ScoreSet {
  const faults = new FaultList();
  const scores = new ScoreRows();
  let form: ScoreForm | undefined;
  readTable(source, 'a header, and a row for every score or benchmark', faults, (header) => {
    checkHeader(header);
    form = formOf(header, options)(header, options.columns ?? {}, scores, faults, leavingOut(options));
    return form.readRow;
  });
  const words = options.form === undefined ? form?.wordColumn?.() : undefined;
  if (words !== undefined) throw misread(words);
  faults.throwIfAny();
  const benchmarks = scores.benchmarks.names();
  const names = [options.measure, form?.measure, form?.clue];
  return checkedScores(scores, {
    ...chooseDirection({ asked: options.direction, names, benchmarks }),
    measure: options.measure ?? form?.measure ?? 'score',
  });
}

/**
 * Where a row per score was read as a column per method, what is told of its cells is beside the
 * point.
 */
function misread({ line, column, text }: Cell): InputError {
  const found = `words only in column ${JSON.stringify(text)}, taken for the scores of a method`;
  const allowed = 'numbers; with a row per score, a column named method, or its name given with --method-column';
  return new InputError([{ line, column, field: 'header', found, allowed }]);
}

/** Whether a name is to be left out, telling of each that is. */
function leavingOut({ without = [], onLeftOut }: ReadScoresOptions): LeavesOut | undefined {
  if (without.length === 0) return undefined;
  const names = new Set(without);
  return (name) => {
    if (!names.has(name)) return false;
    onLeftOut?.(name);
    return true;
  };
}

function formOf(header: readonly Cell[], { form, columns }: ReadScoresOptions): typeof longForm {
  if (form !== undefined) return form === 'long' ? longForm : wideForm;
  const isLong =
    columns?.method !== undefined ||
    columns?.value !== undefined ||
    findColumn(header, undefined, usualNames.method, new FaultList()) !== undefined;
  return isLong ? longForm : wideForm;
}

/** @throws InputError for columns without a name, and for a name given twice */
function checkHeader(header: readonly Cell[]): void {
  const faults = new FaultList();
  const seen = new Set<string>();
  for (const { line, column, text } of header) {
    const field = 'header';
    if (text === '') {
      faults.add({ line, column, field, found: 'a column without a name', allowed: 'a name for every column' });
    } else if (seen.has(text)) {
      faults.add({ line, column, field, found: `a second column ${JSON.stringify(text)}`, allowed: 'each name once' });
    }
    seen.add(text);
  }
  faults.throwIfAny();
}
