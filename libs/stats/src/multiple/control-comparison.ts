import { normalCdf } from '../distributions/normal.js';
import { StatisticsError } from '../errors.js';
import { rankedScores } from '../hypothesis/ranked-scores.js';
import type { MatrixInput } from '../matrix.js';
import type { RankDirection } from '../ranks/midranks.js';
import { type Adjustment, adjustPValues } from './adjust.js';
import { averageRankError } from './critical-difference.js';

export interface ControlComparison {
  /** Column of the method compared with the control. */
  readonly method: number;
  /** (R̄_method − R̄_control) / √(k(k + 1)/(6N)); positive if the control ranks better. */
  readonly z: number;
  /** Two-sided, for this comparison alone. */
  readonly pValue: number;
  readonly adjustedPValue: number;
}

/**
 * Compares every method with one control by average ranks (Demšar 2006, section 3.2.2):
 * Bonferroni–Dunn, Holm or Hochberg.
 *
 * @param scores `[benchmarks, methods]`
 * @param control column of the control
 * @param adjustment `bonferroni` is the Bonferroni–Dunn test; default `holm`
 * @param direction which score gets rank 1; default `largest-first`
 * @returns one entry per method but the control, by column
 * @throws StatisticsError as `nemenyi`; `out-of-range` if there is no such column
 */
export function compareWithControl(
  scores: MatrixInput,
  control: number,
  adjustment: Adjustment = 'holm',
  direction: RankDirection = 'largest-first',
): ControlComparison[] {
  const { averageRanks, benchmarks, methods } = rankedScores(scores, direction);
  const controlRank = averageRanks[control];
  if (controlRank === undefined) {
    throw new StatisticsError('out-of-range', 'control', `${control}`, `a column from 0 to ${methods - 1}`);
  }
  const error = averageRankError(methods, benchmarks);
  const others = Array.from(averageRanks.keys()).filter((method) => method !== control);
  const deviates = others.map((method) => ((averageRanks[method] as number) - controlRank) / error);
  const pValues = deviates.map((z) => Math.min(1, 2 * normalCdf(-Math.abs(z))));
  const adjusted = adjustPValues(pValues, adjustment);
  return others.map((method, i) => ({
    method,
    z: deviates[i] as number,
    pValue: pValues[i] as number,
    adjustedPValue: adjusted[i] as number,
  }));
}
