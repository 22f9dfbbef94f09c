import { StatisticsError } from '../errors.js';
import { signTest } from '../hypothesis/sign-test.js';
import { checkedMatrix, columnOf, type MatrixInput } from '../matrix.js';
import { type Adjustment, adjustPValues } from '../multiple/adjust.js';
import type { RankDirection } from '../ranks/midranks.js';
import { settledDifference, settledMatrix } from '../ranks/settled.js';

/** One method against another over all benchmarks. */
export interface Duel {
  /** Columns of the two methods. */
  readonly method: number;
  readonly opponent: number;
  /** Benchmarks on which `method` is better. */
  readonly wins: number;
  readonly ties: number;
  readonly losses: number;
  /** (wins + ties/2) / benchmarks. */
  readonly winRate: number;
  /** Two-sided sign test. */
  readonly pValue: number;
  /** The same, adjusted over all pairs. */
  readonly adjustedPValue: number;
}

export interface WinTieLossOptions {
  /** Which score is better; default `largest-first`. */
  readonly direction?: RankDirection;
  /**
   * Scores no further apart than this are tied, and so are those that agree to twelve significant
   * digits; default 0.
   */
  readonly tolerance?: number;
  /** Default `holm`. */
  readonly adjustment?: Adjustment;
}

/**
 * Counts wins, ties and losses of every ordered pair of methods, with a sign test per pair (Demšar
 * 2006, section 3.1.3).
 *
 * @param scores `[benchmarks, methods]`
 * @returns by method, then opponent
 * @throws StatisticsError `too-few` (no benchmark, fewer than 2 methods), `length-mismatch`,
 * `missing-cell`, `not-finite`, `out-of-range`
 */
export function winTieLoss(scores: MatrixInput, options: WinTieLossOptions = {}): Duel[] {
  const { direction = 'largest-first', tolerance = 0, adjustment = 'holm' } = options;
  if (!(tolerance >= 0))
    throw new StatisticsError('out-of-range', 'tolerance', `${tolerance}`, 'a number of at least 0');
  const matrix = settledMatrix(checkedMatrix(scores, 'scores', 1, 2));
  const { rows, columns } = matrix;
  const sign = direction === 'largest-first' ? 1 : -1;
  const methods = Array.from({ length: columns }, (_, method) => columnOf(matrix, method));
  const pairs: Pair[] = [];
  for (const [method, own] of methods.entries()) {
    for (const [opponent, others] of methods.slice(0, method).entries()) {
      const [greater, less] = countLeads(own, others, tolerance);
      const [wins, losses] = sign > 0 ? [greater, less] : [less, greater];
      const ties = rows - wins - losses;
      pairs.push({ method, opponent, wins, ties, losses, pValue: signTest(wins, losses, ties) });
    }
  }
  const adjusted = adjustPValues(
    pairs.map(({ pValue }) => pValue),
    adjustment,
  );
  return pairs
    .flatMap((pair, i) => {
      const duel = { ...pair, winRate: (pair.wins + pair.ties / 2) / rows, adjustedPValue: adjusted[i] as number };
      return [
        duel,
        {
          ...duel,
          method: pair.opponent,
          opponent: pair.method,
          wins: pair.losses,
          losses: pair.wins,
          winRate: 1 - duel.winRate,
        },
      ];
    })
    .sort((a, b) => a.method - b.method || a.opponent - b.opponent);
}

type Pair = Pick<Duel, 'method' | 'opponent' | 'wins' | 'ties' | 'losses' | 'pValue'>;

/** How often a value of `own` is greater than that of `others`, and how often less. */
function countLeads(own: Float64Array, others: Float64Array, tolerance: number): readonly [number, number] {
  let greater = 0;
  let less = 0;
  for (let row = 0; row < own.length; row++) {
    const a = own[row] as number;
    const b = others[row] as number;
    const lead = tolerance === 0 ? a - b : settledDifference(a, b);
    if (lead > tolerance) greater += 1;
    else if (lead < -tolerance) less += 1;
  }
  return [greater, less];
}
