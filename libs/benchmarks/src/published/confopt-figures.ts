import { correlationMatrix, kendall, winTieLoss } from '@oneshot/stats';
import { publishedScores, publishedTable } from './catalogue.js';

/** Which accuracy of the nine hyperparameter sets stands for a method. */
export type ConfoptMeasure = 'maximum test accuracy' | 'mean test accuracy';

/** A square figure: `values[row][column]` in the order of its labels. */
export interface SquareFigure {
  readonly labels: readonly string[];
  readonly values: readonly (readonly number[])[];
}

const METHODS = publishedTable('confopt/13').columns.map(({ name }) => name);

/**
 * The tables of accuracies in the order of figures 4 and 5: Deep, Single Cell, Wide; of each All
 * Skip, No Skip, Regular.
 */
const TABLES = [4, 3, 2, 10, 9, 8, 7, 6, 5];

/**
 * Figures 4 (maximum) and 5 (mean): Kendall's τ-b of every two benchmarks by how they order the
 * seven methods.
 */
export function confoptBenchmarkCorrelations(measure: ConfoptMeasure): SquareFigure {
  const { benchmarks, accuracies } = confoptAccuracies(measure);
  const { columns, values } = correlationMatrix(accuracies, (x, y) => kendall(x, y).tau);
  return {
    labels: benchmarks,
    values: benchmarks.map((_, row) => Array.from(values.subarray(row * columns, (row + 1) * columns))),
  };
}

/**
 * Figures 6 (maximum) and 7 (mean): part of the nine benchmarks on which the row's method beats the
 * column's, ties half; NaN against itself.
 */
export function confoptWinRates(measure: ConfoptMeasure): SquareFigure {
  const duels = winTieLoss(confoptAccuracies(measure).accuracies);
  const rate = (method: number, opponent: number) =>
    duels.find((duel) => duel.method === method && duel.opponent === opponent)?.winRate ?? Number.NaN;
  return { labels: METHODS, values: METHODS.map((_, row) => METHODS.map((__, column) => rate(row, column))) };
}

/** `[benchmarks, methods]` in percent. */
function confoptAccuracies(measure: ConfoptMeasure): {
  readonly benchmarks: readonly string[];
  readonly accuracies: readonly (readonly number[])[];
} {
  const rows = TABLES.map((number) => publishedScores([publishedTable(`confopt/${number}`)], measure).scores);
  return {
    benchmarks: rows.map(([first]) => first?.benchmark ?? ''),
    accuracies: rows.map((scores) =>
      METHODS.map((method) => scores.find((score) => score.method === method)?.value ?? Number.NaN),
    ),
  };
}
