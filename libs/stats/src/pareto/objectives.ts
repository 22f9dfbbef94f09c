import { StatisticsError } from '../errors.js';
import { checkedMatrix, type Matrix, type MatrixInput } from '../matrix.js';

/** What is wanted of each objective: `max` as for accuracy, `min` as for latency. */
export type Goal = 'min' | 'max';

/**
 * Points whose every objective is to be minimised: maximised ones change sign.
 *
 * @throws StatisticsError `too-few`, `length-mismatch`, `missing-cell`, `not-finite`
 */
export function minimised(points: MatrixInput, goals: readonly Goal[], field: string): Matrix {
  const matrix = checkedMatrix(points, field);
  if (goals.length !== matrix.columns) {
    throw new StatisticsError(
      'length-mismatch',
      'goals',
      `${goals.length} goals`,
      `${matrix.columns}, one per objective`,
    );
  }
  const signs = goals.map((goal) => (goal === 'min' ? 1 : -1));
  return { ...matrix, values: matrix.values.map((value, i) => value * (signs[i % matrix.columns] as number)) };
}
