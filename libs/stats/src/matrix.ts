import { StatisticsError } from './errors.js';
import type { Sample } from './sample.js';

/** A table of numbers, row by row: entry (row, column) is `values[row * columns + column]`. */
export interface Matrix {
  readonly rows: number;
  readonly columns: number;
  readonly values: Float64Array;
}

/** A table as a matrix or as an array of rows. */
export type MatrixInput = Matrix | readonly Sample[];

/**
 * Reads a table and checks it: every row equally long, every cell a finite number.
 *
 * @throws StatisticsError `too-few` rows or columns, `length-mismatch`, `missing-cell` (undefined
 * or null), `not-finite`
 */
export function checkedMatrix(input: MatrixInput, field: string, minimumRows = 1, minimumColumns = 1): Matrix {
  const matrix = isMatrix(input) ? input : fromRows(input, field);
  const { rows, columns, values } = matrix;
  if (rows < minimumRows) throw new StatisticsError('too-few', field, `${rows} rows`, `at least ${minimumRows}`);
  if (columns < minimumColumns) {
    throw new StatisticsError('too-few', field, `${columns} columns`, `at least ${minimumColumns}`);
  }
  if (values.length !== rows * columns) {
    throw new StatisticsError('length-mismatch', field, `${values.length} values`, `${rows} × ${columns} values`);
  }
  for (let i = 0; i < values.length; i++) {
    const value = values[i] as number;
    if (Number.isFinite(value)) continue;
    const cell = `${field}[${Math.floor(i / columns)}][${i % columns}]`;
    throw new StatisticsError('not-finite', cell, `${value}`, 'a finite number');
  }
  return matrix;
}

/** One row, as a view into the matrix. */
export function rowOf(matrix: Matrix, row: number): Float64Array {
  return matrix.values.subarray(row * matrix.columns, (row + 1) * matrix.columns);
}

/** One column, copied. */
export function columnOf(matrix: Matrix, column: number): Float64Array {
  const result = new Float64Array(matrix.rows);
  for (let row = 0; row < matrix.rows; row++) result[row] = matrix.values[row * matrix.columns + column] as number;
  return result;
}

function isMatrix(input: MatrixInput): input is Matrix {
  return 'values' in input && input.values instanceof Float64Array;
}

function fromRows(input: readonly Sample[], field: string): Matrix {
  const columns = input[0]?.length ?? 0;
  const values = new Float64Array(input.length * columns);
  for (const [row, cells] of input.entries()) {
    if (cells.length !== columns) {
      throw new StatisticsError(
        'length-mismatch',
        `${field}[${row}]`,
        `${cells.length} cells`,
        `${columns}, as in row 0`,
      );
    }
    for (let column = 0; column < columns; column++) {
      const cell: number | null | undefined = cells[column];
      if (cell === undefined || cell === null) {
        throw new StatisticsError('missing-cell', `${field}[${row}][${column}]`, 'no value', 'a finite number');
      }
      values[row * columns + column] = cell;
    }
  }
  return { rows: input.length, columns, values };
}
