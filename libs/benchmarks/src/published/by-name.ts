import type { Score } from '@oneshot/stats';
import { BenchmarkError } from '../errors.js';
import { DARTS_BENCH_SUITE } from '../suite/darts-bench.js';
import { PUBLISHED_TABLES, publishedScores, publishedTable } from './catalogue.js';
import type { PublishedTable } from './table.js';
import { type WholeTable, wholeTable } from './whole-table.js';

/**
 * Published results as the scores of a campaign are: methods, benchmarks, values; percentages as
 * fractions.
 */
export interface NamedScores {
  /** As it was asked for. */
  readonly name: string;
  /** What is measured, such as `mean test accuracy`. */
  readonly measure: string;
  readonly direction: 'up' | 'down';
  /**
   * Methods carry the paper's id, such as `DARTS (confopt)`, so that they stand beside a campaign's
   * own of that name.
   */
  readonly scores: readonly Score[];
  /** What was narrowed down and chosen so that the table can be ranked, in sentences. */
  readonly remarks: readonly string[];
}

const NAME = /^published:([a-z0-9-]+)\/table-(\d+)(?:\.\.(\d+))?(?::(.+))?$/;

/** Benchmarks of the suite under the names its campaign files give them. */
const SUITE_NAMES = new Map(DARTS_BENCH_SUITE.map(({ name, publishedAs }) => [publishedAs, name.replace('/', '-')]));

/** Whether a text asks for published results. */
export function isPublishedName(text: string): boolean {
  return text.startsWith('published:');
}

/**
 * Published results by name: `published:confopt/table-2`, several tables as
 * `published:confopt/table-2..10`, one of their measures as
 * `published:confopt/table-2..10:maximum test accuracy` (default: the first). Benchmarks of the
 * DARTS-Bench-Suite are called as in its campaign files, so that campaigns can be put beside them.
 *
 * What keeps a table from being ranked is narrowed down, and told in `remarks`.
 *
 * @throws BenchmarkError `unknown-table` with the names there are, `unknown-metric` with the
 * measures there are, `incomplete` for tables that share neither methods nor benchmarks
 */
export function publishedByName(name: string): NamedScores {
  const [, paper = '', first = '', last = first, asked] = NAME.exec(name) ?? [];
  const tables = numbersFrom(Number(first), Number(last ?? first)).flatMap((number) => {
    const id = `${paper}/${number}`;
    return PUBLISHED_TABLES.some((table) => table.id === id) ? [publishedTable(id)] : [];
  });
  if (tables.length === 0) {
    const known = PUBLISHED_TABLES.map(({ paper: { id }, number }) => `published:${id}/table-${number}`);
    throw new BenchmarkError('unknown-table', 'published results', JSON.stringify(name), known.join(', '));
  }
  const measures = [...new Set(tables.flatMap(({ columns }) => columns.flatMap(({ measure }) => measure ?? [])))];
  const measure = asked ?? measures[0] ?? '';
  const { scores, goal, unit, references } = publishedScores(tables, measure);
  const whole = wholeTable(scores);
  if (whole === undefined) {
    const found = `${tables.length} tables with other methods on other benchmarks`;
    const allowed = `one of them at a time, such as published:${paper}/table-${tables[0]?.number}`;
    throw new BenchmarkError('incomplete', 'published results', found, allowed);
  }
  return {
    name,
    measure,
    direction: goal === 'max' ? 'up' : 'down',
    scores: whole.scores.map(({ method, benchmark, value }) => ({
      method: `${method} (${paper})`,
      benchmark: SUITE_NAMES.get(benchmark) ?? benchmark,
      value: unit === '%' ? value / 100 : value,
    })),
    remarks: [
      ...othersOf(name, measure, asked === undefined ? measures : []),
      ...conditionsOf(tables),
      ...(references.length === 0 ? [] : [`Left out, as no method: ${references.join(', ')}.`]),
      ...leftOutOf(whole),
    ],
  };
}

/** Which measures there are besides the one that was taken unasked. */
function othersOf(name: string, measure: string, measures: readonly string[]): string[] {
  const others = measures.filter((each) => each !== measure).map((each) => `'${name}:${each}'`);
  return others.length === 0 ? [] : [`${name} is ranked by ${measure}; there are also ${others.join(', ')}.`];
}

function conditionsOf(tables: readonly PublishedTable[]): string[] {
  const conditions = [...new Set(tables.flatMap((table) => table.conditions))];
  return conditions.length === 0 ? [] : [`Each ${conditions.join(', each ')} is a benchmark of its own.`];
}

function leftOutOf({ leftOut }: WholeTable): string[] {
  if (leftOut === undefined) return [];
  const lack = leftOut.what === 'benchmarks' ? 'not every method has a number there' : 'they lack a number';
  return [`Left out ${leftOut.what}, as ${lack}: ${leftOut.names.join('; ')}.`];
}

function numbersFrom(first: number, last: number): readonly number[] {
  return Array.from({ length: Math.max(0, Math.min(last - first + 1, 1000)) }, (_, index) => first + index);
}
