import { forEachRow } from './csv-rows.js';
import type { FaultList } from './fault-list.js';
import { InputError } from './input-error.js';
import type { Cell, PassingRow } from './passing-row.js';
import { chunksOf, type TableSource } from './table-source.js';

/**
 * Reads separated values with a header; rows that are not as wide as it are left out, and told in
 * `faults`.
 *
 * @param allowed what is told of a file without a header or rows
 * @param open looks at the header, and says what is done with each row below it
 * @throws InputError for such a file, and what `forEachRow` and `open` throw
 */
export function readTable(
  source: TableSource,
  allowed: string,
  faults: FaultList,
  open: (header: readonly Cell[]) => (row: PassingRow) => void,
): void {
  let header: readonly Cell[] | undefined;
  let visit: ((row: PassingRow) => void) | undefined;
  let rows = 0;
  forEachRow(chunksOf(source), (row) => {
    if (header === undefined) {
      header = row.cells();
      return;
    }
    rows += 1;
    visit ??= open(header);
    if (hasWidth(row, header.length, faults)) visit(row);
  });
  if (rows > 0) return;
  const found = header === undefined ? 'an empty file' : 'a header and nothing below it';
  throw new InputError([{ line: 1, column: 1, field: 'file', found, allowed }]);
}

function hasWidth(row: PassingRow, width: number, faults: FaultList): boolean {
  if (row.width === width) return true;
  const place = row.place(Math.min(width, row.width - 1));
  faults.add({ ...place, field: 'row', found: `${row.width} cells`, allowed: `${width}, as in the header` });
  return false;
}
