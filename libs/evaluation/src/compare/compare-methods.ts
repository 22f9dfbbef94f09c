import { compareWithControl, hodgesLehmann, type Matrix, mean, settledDifference } from '@oneshot/stats';
import { type AnalysisOptions, analyseRanked } from '../analysis/analyse.js';
import { meanInterval } from '../analysis/mean-interval.js';
import type { Interval, PairResult, RankAnalysis } from '../analysis/rank-analysis.js';
import { columnValues, rankedMeans } from '../analysis/ranked-means.js';
import { InputError } from '../input/input-error.js';
import { rankDirectionOf, type ScoreSet } from '../input/score-set.js';

export interface CompareOptions extends AnalysisOptions {
  /** A method all others are compared with. Default: none. */
  readonly control?: string;
}

/** A pair with the size of its difference, in the unit of the scores. */
export interface ComparedPair extends PairResult {
  /** Mean over benchmarks of the mean score of `a` minus that of `b`. */
  readonly difference: number;
  /** BCa bootstrap of `difference` over benchmarks, 95 %; `null` with a single benchmark. */
  readonly interval: Interval | null;
  /** Hodges and Lehmann's estimate of the difference: the median over pairs of benchmarks. */
  readonly typicalDifference: number;
}

/**
 * A method against the control, by average ranks (Demšar 2006, section 3.2.2), Holm over all of
 * them.
 */
export interface AgainstControl {
  readonly method: string;
  /** Positive if the control ranks better. */
  readonly z: number;
  readonly pValue: number;
  readonly holmP: number;
}

export interface Comparison {
  readonly analysis: RankAnalysis;
  readonly pairs: readonly ComparedPair[];
  /** Empty without a control, and with a single benchmark. */
  readonly againstControl: readonly AgainstControl[];
}

// Beyond this many pairs the intervals take longer than anybody waits.
const mostResampled = 200;

/** Compares methods pairwise. @throws InputError if the control is no method */
export function compareMethods(set: ScoreSet, options: CompareOptions = {}): Comparison {
  if (options.control !== undefined && !set.methods.includes(options.control)) {
    throw new InputError([{ field: 'control', found: options.control, allowed: set.methods.join(', ') }]);
  }
  const ranked = rankedMeans(set);
  const analysis = analyseRanked(set, ranked, options);
  const means = new Map(analysis.methods.map(({ method }, column) => [method, columnValues(ranked.means, column)]));
  const resamples = analysis.pairs.length > mostResampled ? 199 : 1999;
  const pairs = analysis.pairs.map((pair): ComparedPair => {
    const other = means.get(pair.b) ?? new Float64Array(0);
    const own = means.get(pair.a) ?? new Float64Array(0);
    const differences = own.map((value, at) => settledDifference(value, other[at] ?? 0));
    return {
      ...pair,
      difference: mean(differences),
      interval: meanInterval(differences, resamples),
      typicalDifference: hodgesLehmann(differences),
    };
  });
  return { analysis, pairs, againstControl: againstControl(analysis, ranked.means, options.control) };
}

function againstControl(
  { methods, direction }: RankAnalysis,
  means: Matrix,
  control: string | undefined,
): AgainstControl[] {
  const column = methods.findIndex(({ method }) => method === control);
  if (column < 0 || means.rows < 2) return [];
  const compared = compareWithControl(means, column, 'holm', rankDirectionOf(direction));
  return compared.map(({ method, z, pValue, adjustedPValue }) => ({
    method: methods[method]?.method ?? '',
    z,
    pValue,
    holmP: adjustedPValue,
  }));
}
