import type { Score } from '@oneshot/stats';
import { BenchmarkError } from '../errors.js';
import { known } from '../tabular/known.js';
import { CONFOPT_TABLES } from './confopt.js';
import { ROME_TABLES } from './rome.js';
import type { PublishedRow, PublishedTable } from './table.js';
import { TANGLENAS_TABLES } from './tanglenas.js';
import { TWO_STAGE_TABLES } from './two-stage.js';

/** Every published table known here, by paper and number. */
export const PUBLISHED_TABLES: readonly PublishedTable[] = [
  ...CONFOPT_TABLES,
  ...ROME_TABLES,
  ...TANGLENAS_TABLES,
  ...TWO_STAGE_TABLES,
];

const BY_ID = new Map(PUBLISHED_TABLES.map((table) => [table.id, table]));

/** A table by its id, such as `confopt/2`. @throws BenchmarkError `unknown-table` */
export function publishedTable(id: string): PublishedTable {
  return known(BY_ID, id, 'table', 'unknown-table');
}

/** Published numbers as scores that can be ranked, alone or beside those of a campaign. */
export interface PublishedScores {
  readonly scores: readonly Score[];
  readonly goal: 'max' | 'min';
  readonly unit: string;
  /** Rows that are no method and so have no scores. */
  readonly references: readonly string[];
}

/**
 * The numbers of one measure from one or several tables. Values of a condition, such as the portion
 * of the images that a search had, are benchmarks of their own; rows of one method that further
 * labels tell apart are methods of their own, such as `GDAS, searched on ImageNet`.
 *
 * @param measure as in `PublishedColumn.measure`, such as `mean test accuracy`
 * @throws BenchmarkError `unknown-metric` if no column has that measure
 */
export function publishedScores(tables: readonly PublishedTable[], measure: string): PublishedScores {
  const columns = tables.flatMap((table) => table.columns.map((column, at) => ({ table, column, at })));
  const chosen = columns.filter(({ column }) => column.measure === measure);
  const [first] = chosen;
  if (!first || first.column.goal === 'none') {
    const measures = [...new Set(columns.flatMap(({ column }) => column.measure ?? []))];
    throw new BenchmarkError('unknown-metric', 'measure', JSON.stringify(measure), measures.join(', '));
  }
  const scores = chosen.flatMap(({ table, column, at }) =>
    methodRows(table).flatMap((row) => {
      const cell = row.values[at];
      if (!cell) return [];
      const own = rowName(table, row);
      const of = [column.of ?? column.name, ...table.conditions.map((label) => `${label} ${row.labels[label]}`)].join(
        ', ',
      );
      const [method, benchmark] = table.rowsAre === 'methods' ? [own, of] : [of, own];
      return [{ method, benchmark, value: cell.value }];
    }),
  );
  const references = [...new Set(chosen.flatMap(({ table }) => table.references))];
  return { scores, goal: first.column.goal, unit: first.column.unit, references };
}

function methodRows(table: PublishedTable): readonly PublishedRow[] {
  return table.rows.filter((row) => !table.references.includes(firstLabel(table, row)));
}

function firstLabel({ labels }: PublishedTable, row: PublishedRow): string {
  return row.labels[labels[0] ?? ''] ?? '';
}

/**
 * The first label, and of the others those that tell apart rows which share it and all conditions.
 */
function rowName(table: PublishedTable, row: PublishedRow): string {
  const name = firstLabel(table, row);
  const alike = methodRows(table).filter(
    (other) =>
      firstLabel(table, other) === name && table.conditions.every((label) => other.labels[label] === row.labels[label]),
  );
  const telling = table.labels
    .slice(1)
    .filter((label) => !table.conditions.includes(label))
    .filter((label) => alike.some((other) => other.labels[label] !== row.labels[label]));
  return [name, ...telling.map((label) => `${label} ${row.labels[label]}`)].join(', ');
}
