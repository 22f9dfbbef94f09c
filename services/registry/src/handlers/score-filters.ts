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

/**
 * Every value of a filter that no score has, with those there are. None if there is no score at
 * all.
 */
export async function unknownValues(
  queries: Kysely<RegistryTables>,
  request: ListScoresRequest,
): Promise<readonly FieldFault[]> {
  const asked = filters.flatMap((filter) =>
    filter.values(request).map((value, index) => ({ filter, value, path: `${filter.field}[${index}]` })),
  );
  const some = await queries.selectFrom('scores').select('id').limit(1).executeTakeFirst();
  if (!some || asked.length === 0) return [];
  // One look for all values: whether each is had by some score.
  const found = await queries
    .selectNoFrom((where) =>
      asked.map(({ filter, value }, index) =>
        where
          .exists(
            where
              .selectFrom('scores')
              .select('id')
              .where((each) => each.or(alternatives(each, filter, value))),
          )
          .as(`value_${index}`),
      ),
    )
    .executeTakeFirstOrThrow();
  const unknown = asked.filter((_, index) => !(found as Readonly<Record<string, unknown>>)[`value_${index}`]);
  const known = new Map<ScoreFilter, string>();
  for (const { filter } of unknown) {
    if (!known.has(filter)) known.set(filter, filter.allowed ?? (await valuesOf(queries, filter)));
  }
  return unknown.map(({ filter, value, path }) => fieldFault(path, String(value), known.get(filter) ?? ''));
}

/**
 * The ways in which a score can have a value; in none, if the value is no id where one is needed.
 */
function alternatives(where: ScoreWhere, { equal, begin }: ScoreFilter, value: string | number): Expression<SqlBool>[] {
  const id = /^[0-9a-f]{4,64}$/.test(String(value));
  return [
    ...equal.map((column) => where(column, '=', value)),
    ...(id ? begin.map((column) => beginsWith(where, column, String(value))) : []),
  ];
}

/** A range, which an index serves: every hexadecimal digit sorts before `g`. */
function beginsWith(where: ScoreWhere, column: keyof ScoreRow, value: string): Expression<SqlBool> {
  return where.and([where(column, '>=', value), where(column, '<', `${value}g`)]);
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
