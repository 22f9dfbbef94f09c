import { compareWithControl, hodgesLehmann, mean } from '@oneshot/stats';
import { type AnalysisOptions, analyseScores } from '../analysis/analyse.js';
import { meanInterval } from '../analysis/mean-interval.js';
import type { Interval, PairResult, RankAnalysis } from '../analysis/rank-analysis.js';
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

/** A method against the control, by average ranks (Demšar 2006, section 3.2.2), Holm over all of them. */
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
  const analysis = analyseScores(set, options);
  const means = new Map(
    analysis.methods.map(({ method, benchmarks }) => [method, benchmarks.map((cell) => cell.mean)]),
  );
  const resamples = analysis.pairs.length > mostResampled ? 199 : 1999;
  const pairs = analysis.pairs.map((pair): ComparedPair => {
    const other = means.get(pair.b) ?? [];
    const differences = (means.get(pair.a) ?? []).map((value, at) => value - (other[at] ?? 0));
    return {
      ...pair,
      difference: mean(differences),
      interval: meanInterval(differences, resamples),
      typicalDifference: hodgesLehmann(differences),
    };
  });
  return { analysis, pairs, againstControl: againstControl(analysis, options.control) };
}

function againstControl(
  { methods, benchmarks, direction }: RankAnalysis,
  control: string | undefined,
): AgainstControl[] {
  const column = methods.findIndex(({ method }) => method === control);
  if (column < 0 || benchmarks.length < 2) return [];
  const table = benchmarks.map((_, row) => methods.map((method) => method.benchmarks[row]?.mean ?? 0));
  const compared = compareWithControl(table, column, 'holm', rankDirectionOf(direction));
  return compared.map(({ method, z, pValue, adjustedPValue }) => ({
    method: methods[method]?.method ?? '',
    z,
    pValue,
    holmP: adjustedPValue,
  }));
}
