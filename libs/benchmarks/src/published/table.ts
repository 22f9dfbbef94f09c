import { BenchmarkError } from '../errors.js';

/** A paper results are taken from. */
export interface Paper {
  readonly id: string;
  readonly title: string;
  readonly authors: string;
  readonly year: number;
  readonly url?: string;
}

/** A column of numbers. */
export interface PublishedColumn {
  readonly name: string;
  /** `%`, `M` (million), `MFLOPs`, `GPU days`, … */
  readonly unit: string;
  /** Which direction is better; `none` for a mere description. */
  readonly goal: 'max' | 'min' | 'none';
  /**
   * What is measured, alike for columns that can be put side by side; absent for columns that are
   * no score.
   */
  readonly measure?: string;
  /**
   * Where rows are methods: the benchmark of this column. Where rows are benchmarks: the method.
   */
  readonly of?: string;
}

/** A number as printed. */
export interface PublishedValue {
  readonly value: number;
  /** Behind the ±; `null` if none is printed. */
  readonly deviation: number | null;
}

export interface PublishedRow {
  /** What the row is about, by name of label column. */
  readonly labels: Readonly<Record<string, string>>;
  /** One per column; `null` where nothing is printed. */
  readonly values: readonly (PublishedValue | null)[];
}

/** A table of a paper, transcribed. */
export interface PublishedTable {
  /** Such as `confopt/2`. */
  readonly id: string;
  readonly paper: Paper;
  readonly number: number;
  readonly caption: string;
  /** What a row stands for. */
  readonly rowsAre: 'methods' | 'benchmarks';
  /** Names of the label columns; the first names the method or benchmark. */
  readonly labels: readonly string[];
  /**
   * Labels that tell under which condition a row was measured: each of their values makes a
   * benchmark of its own.
   */
  readonly conditions: readonly string[];
  /** Rows, by their first label, that are no method, such as the best there is in the space. */
  readonly references: readonly string[];
  readonly columns: readonly PublishedColumn[];
  readonly rows: readonly PublishedRow[];
  /**
   * What the transcription leaves open: misprints, damage of the text it was read from, remarks of
   * the paper.
   */
  readonly notes: readonly string[];
}

interface TableText
  extends Omit<PublishedTable, 'id' | 'rows' | 'notes' | 'labels' | 'rowsAre' | 'conditions' | 'references'> {
  readonly rowsAre?: PublishedTable['rowsAre'];
  readonly labels?: readonly string[];
  readonly conditions?: readonly string[];
  readonly references?: readonly string[];
  /**
   * A line per row: labels and values between bars; `±` before a deviation, `-` where nothing is
   * printed.
   */
  readonly text: string;
  readonly notes?: readonly string[];
}

/**
 * Reads a transcription.
 *
 * @param table rows are methods with the one label `method` unless it says otherwise
 * @throws BenchmarkError `wrong-format`
 */
export function readTable(table: TableText): PublishedTable {
  const {
    text,
    labels = ['method'],
    conditions = [],
    references = [],
    rowsAre = 'methods',
    notes = [],
    ...rest
  } = table;
  const id = `${table.paper.id}/${table.number}`;
  const rows = text
    .trim()
    .split('\n')
    .map((line, row) => {
      const cells = line.split('|').map((cell) => cell.trim());
      if (cells.length !== labels.length + table.columns.length) {
        throw new BenchmarkError(
          'wrong-format',
          `${id} row ${row + 1}`,
          `${cells.length} cells`,
          `${labels.length + table.columns.length}`,
        );
      }
      return {
        labels: Object.fromEntries(labels.map((label, i) => [label, cells[i] ?? ''])),
        values: cells.slice(labels.length).map((cell) => readValue(cell, `${id} row ${row + 1}`)),
      };
    });
  return { ...rest, id, labels, conditions, references, rowsAre, rows, notes };
}

function readValue(cell: string, field: string): PublishedValue | null {
  if (cell === '-') return null;
  const match = /^(-?\d+(?:\.\d+)?)(?:±(\d+(?:\.\d+)?))?$/.exec(cell);
  if (match === null)
    throw new BenchmarkError('wrong-format', field, JSON.stringify(cell), 'a number, number±deviation, or -');
  return { value: Number(match[1]), deviation: match[2] === undefined ? null : Number(match[2]) };
}

/** Accuracy of one benchmark, in percent. */
export function accuracy(name: string, of = name, measure = 'test accuracy'): PublishedColumn {
  return { name, unit: '%', goal: 'max', measure, of };
}

/** Error of one benchmark (or method), in percent. */
export function error(name: string, of = name, measure = 'test error'): PublishedColumn {
  return { name, unit: '%', goal: 'min', measure, of };
}

/** A number that describes and is no score. */
export function plain(name: string, unit: string, goal: PublishedColumn['goal'] = 'none'): PublishedColumn {
  return { name, unit, goal };
}
