import { effectMagnitude, type Matrix, type PairwiseResult, winTieLoss } from '@oneshot/stats';
import { rankDirectionOf, type ScoreSet } from '../input/score-set.js';
import { pairwiseA12 } from './pairwise-a12.js';
import type { PairResult, PostHocTest } from './rank-analysis.js';

interface PairInput {
  readonly set: ScoreSet;
  /** Positions in `set.methods`, best first; columns of `means`. */
  readonly order: readonly number[];
  /** `[benchmarks, methods]`: mean scores. */
  readonly means: Matrix;
  readonly alpha: number;
  readonly postHoc: PostHocTest;
  /** `undefined` with a single benchmark. */
  readonly tests: PairTests | undefined;
}

/** Every test of all pairs. */
export type PairTests = Readonly<Record<PostHocTest, PairwiseResult>>;

/** Every pair of methods once, the better-ranked first. */
export function comparePairs({ set, order, means, alpha, postHoc, tests }: PairInput): PairResult[] {
  const names = order.map((column) => set.methods[column] ?? '');
  const shares = pairwiseA12(set);
  return winTieLoss(means, { direction: rankDirectionOf(set.direction) })
    .filter(({ method, opponent }) => method < opponent)
    .map((duel): PairResult => {
      const at = duel.method * names.length + duel.opponent;
      const alone = (test: PostHocTest) => tests?.[test].pValues.values[at] ?? null;
      const adjusted = (test: PostHocTest) => tests?.[test].adjustedPValues.values[at] ?? null;
      const decisiveAdjustedP = adjusted(postHoc);
      const a12 = shares[(order[duel.method] ?? 0) * names.length + (order[duel.opponent] ?? 0)] ?? Number.NaN;
      const cliffsDelta = 2 * a12 - 1;
      return {
        a: names[duel.method] ?? '',
        b: names[duel.opponent] ?? '',
        wins: duel.wins,
        ties: duel.ties,
        losses: duel.losses,
        signP: duel.adjustedPValue,
        wilcoxonP: alone('wilcoxon'),
        wilcoxonHolmP: adjusted('wilcoxon'),
        nemenyiP: adjusted('nemenyi'),
        conoverP: alone('conover'),
        conoverHolmP: adjusted('conover'),
        quadeP: alone('quade'),
        quadeHolmP: adjusted('quade'),
        decisiveP: alone(postHoc),
        decisiveAdjustedP,
        significant: decisiveAdjustedP !== null && decisiveAdjustedP <= alpha,
        a12,
        cliffsDelta,
        magnitude: effectMagnitude(cliffsDelta),
      };
    });
}
