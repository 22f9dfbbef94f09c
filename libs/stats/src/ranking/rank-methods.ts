import { mean } from '../descriptive/mean.js';
import { sampleStandardDeviation } from '../descriptive/standard-deviation.js';
import { StatisticsError } from '../errors.js';
import type { RankDirection } from '../ranks/midranks.js';
import { rankTable } from '../ranks/rank-table.js';
import { settled } from '../ranks/settled.js';

/**
 * One result of one method on one benchmark; further results of the pair (seeds, hyperparameters)
 * are further entries.
 */
export interface Score {
  readonly method: string;
  readonly benchmark: string;
  readonly value: number;
}

/** Results summed up. */
export interface ScoreSummary {
  /** To twelve significant digits of the largest result. */
  readonly mean: number;
  /** Sample standard deviation; `null` for a single result, which has none. */
  readonly standardDeviation: number | null;
  /** Largest or smallest result, by the direction of the ranking. */
  readonly best: number;
  readonly count: number;
}

/** A method on one benchmark. */
export interface BenchmarkRank extends ScoreSummary {
  readonly benchmark: string;
  /** Rank of the method's mean among all methods; ties averaged. */
  readonly rank: number;
}

/** A method over all benchmarks; the summary is over all of its results. */
export interface MethodRank extends ScoreSummary {
  readonly method: string;
  /** Mean of `benchmarks[].rank`; 1 is best. */
  readonly averageRank: number;
  /** In the order in which benchmarks first appear among the scores. */
  readonly benchmarks: readonly BenchmarkRank[];
}

/**
 * Ranks methods by their average rank over benchmarks, where each benchmark ranks the methods' mean
 * results (Demšar 2006, section 3.2.2).
 *
 * @param direction which value is best; default `largest-first`
 * @returns best first; methods with equal average rank are ordered by mean, then by name
 * @throws StatisticsError `too-few` (no scores), `missing-cell` (a method without result on some
 * benchmark), `not-finite`
 */
export function rankMethods(scores: readonly Score[], direction: RankDirection = 'largest-first'): MethodRank[] {
  if (scores.length === 0) throw new StatisticsError('too-few', 'scores', '0 scores', 'at least 1');
  const cells = new Map<string, Map<string, number[]>>();
  const benchmarks = new Set<string>();
  for (const { method, benchmark, value } of scores) {
    benchmarks.add(benchmark);
    const row = cells.get(method) ?? new Map<string, number[]>();
    cells.set(method, row);
    const cell = row.get(benchmark);
    if (cell) cell.push(value);
    else row.set(benchmark, [value]);
  }
  const methods = [...cells].map(([method, row]) => ({
    method,
    all: [...row.values()].flat(),
    cells: [...benchmarks].map((benchmark) => ({
      benchmark,
      ...summarise(cellOf(row, method, benchmark), direction, `scores of ${method} on ${benchmark}`),
    })),
  }));
  const { ranks, averageRanks } = rankTable(
    [...benchmarks].map((_, row) => methods.map(({ cells }) => (cells[row] as ScoreSummary).mean)),
    direction,
  );
  const sign = direction === 'largest-first' ? -1 : 1;
  return methods
    .map(({ method, all, cells }, column) => ({
      method,
      averageRank: averageRanks[column] as number,
      ...summarise(all, direction, `scores of ${method}`),
      benchmarks: cells.map((cell, row) => ({ ...cell, rank: ranks.values[row * ranks.columns + column] as number })),
    }))
    .sort((a, b) => a.averageRank - b.averageRank || sign * (a.mean - b.mean) || (a.method < b.method ? -1 : 1));
}

function cellOf(row: ReadonlyMap<string, readonly number[]>, method: string, benchmark: string): readonly number[] {
  const cell = row.get(benchmark);
  if (cell) return cell;
  const field = `scores of ${method} on ${benchmark}`;
  throw new StatisticsError('missing-cell', field, 'no score', 'at least one score of every method on every benchmark');
}

function summarise(values: readonly number[], direction: RankDirection, field: string): ScoreSummary {
  for (const value of values) {
    if (!Number.isFinite(value)) throw new StatisticsError('not-finite', field, `${value}`, 'a finite number');
  }
  return {
    mean: settled(mean(values), largestSize(values)),
    standardDeviation: values.length > 1 ? sampleStandardDeviation(values) : null,
    best: values.reduce((a, b) => (direction === 'largest-first' ? Math.max(a, b) : Math.min(a, b))),
    count: values.length,
  };
}

function largestSize(values: readonly number[]): number {
  return values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
}
