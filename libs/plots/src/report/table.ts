import { type Child, element, type Markup } from '../markup/markup.js';

/** A column of a table; numbers stand to the right. */
export interface Column<Row> {
  readonly name: string;
  readonly number?: boolean;
  cell(row: Row, index: number): Child;
}

/**
 * A table that scrolls sideways when the page is narrow. The first column that holds no numbers
 * names the rows.
 *
 * @param caption what the table shows
 * @param rowClass marks single rows
 */
export function table<Row>(
  caption: string,
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  rowClass: (row: Row) => string | undefined = () => undefined,
): Markup {
  const kind = (column: Column<Row>) => ({ class: column.number ? 'number' : undefined });
  const naming = columns.find((column) => !column.number);
  return element(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    element(
      'table',
      {},
      element('caption', {}, caption),
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          columns.map((column) => element('th', { scope: 'col', ...kind(column) }, column.name)),
        ),
      ),
      element(
        'tbody',
        {},
        rows.map((row, index) =>
          element(
            'tr',
            { class: rowClass(row) },
            columns.map((column) => {
              const cell = column.cell(row, index);
              return column === naming ? element('th', { scope: 'row' }, cell) : element('td', kind(column), cell);
            }),
          ),
        ),
      ),
    ),
  );
}
