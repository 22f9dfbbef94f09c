import type { DataTable } from '@oneshot/plots';
import type { TextTable } from './text-table.js';

/** A column of a table that people read. */
export interface TextColumn<Row> {
  readonly name: string;
  readonly number?: boolean;
  cell(row: Row): string;
}

/** A column of a table for programs. */
export interface DataColumn<Row> {
  readonly name: string;
  cell(row: Row): string | number | null;
}

export function textTable<Row>(title: string, columns: readonly TextColumn<Row>[], rows: readonly Row[]): TextTable {
  return { title, columns, rows: rows.map((row) => columns.map((column) => column.cell(row))) };
}

export function dataTable<Row>(columns: readonly DataColumn<Row>[], rows: readonly Row[]): DataTable {
  return {
    columns: columns.map(({ name }) => name),
    rows: rows.map((row) => columns.map((column) => column.cell(row))),
  };
}
