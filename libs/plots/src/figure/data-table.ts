/** The numbers of a figure, as a table with a header. */
export interface DataTable {
  readonly columns: readonly string[];
  /** As wide as `columns`; `null` where there is no value. */
  readonly rows: readonly (readonly (string | number | null)[])[];
}

/**
 * A table as comma-separated values (RFC 4180, but with plain line feeds): numbers in full, nothing
 * for `null` and for what is no number.
 */
export function formatCsv({ columns, rows }: DataTable): string {
  return [columns, ...rows].map((row) => `${row.map(formatCell).join(',')}\n`).join('');
}

function formatCell(cell: string | number | null): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return Number.isFinite(cell) ? String(cell) : '';
  return /[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
