import { StatisticsError } from '../errors.js';
import type { RankDirection } from '../ranks/midranks.js';
import { checkedSample, type Sample } from '../sample.js';

/**
 * Best value seen up to each evaluation.
 *
 * @param values in the order of evaluation
 * @param direction which value is better; default `largest-first`
 * @throws StatisticsError `too-few` (empty), `not-finite`
 */
export function incumbentCurve(values: Sample, direction: RankDirection = 'largest-first'): Float64Array {
  const curve = checkedSample(values, 'values');
  const better = direction === 'largest-first' ? Math.max : Math.min;
  for (let i = 1; i < curve.length; i++) curve[i] = better(curve[i - 1] as number, curve[i] as number);
  return curve;
}

/**
 * Simple regret after each evaluation: distance of the incumbent from the optimum of the search
 * space.
 *
 * @param optimum best value of the whole space
 * @param direction which value is better; default `largest-first`
 * @throws StatisticsError `too-few` (empty), `not-finite`, `out-of-range` (a value better than the
 * optimum)
 */
export function regretCurve(values: Sample, optimum: number, direction: RankDirection = 'largest-first'): Float64Array {
  if (!Number.isFinite(optimum)) throw new StatisticsError('not-finite', 'optimum', `${optimum}`, 'a finite number');
  const sign = direction === 'largest-first' ? 1 : -1;
  return incumbentCurve(values, direction).map((value, i) => {
    const regret = sign * (optimum - value);
    if (regret >= 0) return regret;
    throw new StatisticsError(
      'out-of-range',
      `values[${i}]`,
      `${value}, better than the optimum`,
      `nothing better than ${optimum}`,
    );
  });
}
