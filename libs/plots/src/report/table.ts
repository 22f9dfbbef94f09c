import { type Child, element, type Markup } from '../markup/markup.js';

/** A column of a table; numbers stand to the right. */
export interface Column<Row> {
  readonly name: string;
  readonly number?: boolean;
  cell(row: Row, index: number): Child;
}

/** A table that scrolls sideways when the page is narrow. `rowClass` marks single rows. */
export function table<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  rowClass: (row: Row) => string | undefined = () => undefined,
): Markup {
  const kind = (column: Column<Row>) => ({ class: column.number ? 'number' : undefined });
  return element(
    'div',
    { class: 'scroll' },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          columns.map((column) => element('th', kind(column), column.name)),
        ),
      ),
      element(
        'tbody',
        {},
        rows.map((row, index) =>
          element(
            'tr',
            { class: rowClass(row) },
            columns.map((column) => element('td', kind(column), column.cell(row, index))),
          ),
        ),
      ),
    ),
  );
}
