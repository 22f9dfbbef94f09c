import type { Score } from '@oneshot/stats';
import { BenchmarkError } from '../errors.js';
import { known } from '../tabular/known.js';
import { CONFOPT_TABLES } from './confopt.js';
import { ROME_TABLES } from './rome.js';
import type { PublishedTable } from './table.js';
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
}

/**
 * The numbers of one measure from one or several tables. A method that stands in several rows of a table, under different further labels, gives
 * several scores.
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
    table.rows.flatMap(({ labels, values }) => {
      const cell = values[at];
      if (!cell) return [];
      const row = labels[table.labels[0] ?? ''] ?? '';
      const of = column.of ?? column.name;
      const [method, benchmark] = table.rowsAre === 'methods' ? [row, of] : [of, row];
      return [{ method, benchmark, value: cell.value }];
    }),
  );
  return { scores, goal: first.column.goal, unit: first.column.unit };
}
