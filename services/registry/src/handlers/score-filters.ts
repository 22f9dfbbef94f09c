import type { ListScoresRequest } from '@oneshot/contracts';
import type { FieldFault } from '@oneshot/service-kit';
import type { Expression, ExpressionBuilder, Kysely, SqlBool } from 'kysely';
import type { RegistryTables, ScoreRow } from '../tables.js';
import { fieldFault } from './field-fault.js';

type ScoreWhere = ExpressionBuilder<RegistryTables, 'scores'>;
type Condition = (where: ScoreWhere) => Expression<SqlBool>;

interface ScoreFilter {
  readonly field: string;
  readonly values: (request: ListScoresRequest) => readonly (string | number)[];
  /** Columns a value may equal; the first tells which values there are. */
  readonly equal: readonly (keyof ScoreRow)[];
  /** Columns of ids that a value may begin. */
  readonly begin: readonly (keyof ScoreRow)[];
  /** What is allowed where listing all that there are would help nobody. */
  readonly allowed?: string;
}

const filters: readonly ScoreFilter[] = [
  { field: 'spaces', values: ({ spaces }) => spaces, equal: ['space'], begin: [] },
  { field: 'datasets', values: ({ datasets }) => datasets, equal: ['dataset'], begin: [] },
  { field: 'methods', values: ({ methods }) => methods, equal: ['method'], begin: [] },
  { field: 'benchmarks', values: ({ benchmarks }) => benchmarks, equal: ['benchmark'], begin: [] },
  { field: 'campaigns', values: ({ campaigns }) => campaigns, equal: ['campaign'], begin: ['campaign_id'] },
  { field: 'seeds', values: ({ seeds }) => seeds, equal: ['seed'], begin: [] },
  {
    field: 'genotypes',
    values: ({ genotypes }) => genotypes,
    equal: [],
    begin: ['genotype_id'],
    allowed: 'the id of a scored genotype, or at least its first 4 digits',
  },
  {
    field: 'runs',
    values: ({ runs }) => runs,
    equal: [],
    begin: ['search_run_id', 'training_run_id', 'evaluation_run_id'],
    allowed: 'the id of a run that led to a score, or at least its first 4 digits',
  },
];

const mostTold = 20;
const mostValues = 100;

/** Filters with more values than a query may have. */
export function filterFaults(request: ListScoresRequest): readonly FieldFault[] {
  return filters.flatMap(({ field, values }) => {
    const { length } = values(request);
    return length > mostValues ? [fieldFault(field, `${length} values`, `at most ${mostValues} values`)] : [];
  });
}

/** What a score must fulfil to be listed: a condition per filter that has values. */
export function scoreConditions(request: ListScoresRequest): readonly Condition[] {
  return filters.flatMap((filter) => {
    const values = filter.values(request);
    return values.length === 0
      ? []
      : [(where: ScoreWhere) => where.or(values.flatMap((value) => alternatives(where, filter, value)))];
  });
}

/** Every value of a filter that no score has, with those there are. None if there is no score at all. */
export async function unknownValues(
  queries: Kysely<RegistryTables>,
  request: ListScoresRequest,
): Promise<readonly FieldFault[]> {
  const faults: FieldFault[] = [];
  const some = await queries.selectFrom('scores').select('id').limit(1).executeTakeFirst();
  if (!some) return [];
  for (const filter of filters) {
    for (const [index, value] of filter.values(request).entries()) {
      const known = await queries
        .selectFrom('scores')
        .select('id')
        .where((where) => where.or(alternatives(where, filter, value)))
        .limit(1)
        .executeTakeFirst();
      if (known) continue;
      const allowed = filter.allowed ?? (await valuesOf(queries, filter));
      faults.push(fieldFault(`${filter.field}[${index}]`, String(value), allowed));
    }
  }
  return faults;
}

/** The ways in which a score can have a value; in none, if the value is no id where one is needed. */
function alternatives(where: ScoreWhere, { equal, begin }: ScoreFilter, value: string | number): Expression<SqlBool>[] {
  const id = /^[0-9a-f]{4,64}$/.test(String(value));
  return [
    ...equal.map((column) => where(column, '=', value)),
    ...(id ? begin.map((column) => where(column, 'like', `${value}%`)) : []),
  ];
}

async function valuesOf(queries: Kysely<RegistryTables>, { equal: [column] }: ScoreFilter): Promise<string> {
  if (column === undefined) return '';
  const rows = await queries
    .selectFrom('scores')
    .select(column)
    .distinct()
    .orderBy(column)
    .limit(mostTold + 1)
    .execute();
  const values = rows.slice(0, mostTold).map((row) => String(row[column]));
  return [...values, ...(rows.length > mostTold ? ['…'] : [])].join(', ');
}
