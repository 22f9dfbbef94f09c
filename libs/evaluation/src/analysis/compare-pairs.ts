import { effectMagnitude, type PairwiseResult, type RankDirection, varghaDelaney, winTieLoss } from '@oneshot/stats';
import type { MethodResult, PairResult, PostHocTest } from './rank-analysis.js';

interface PairInput {
  /** Best first; columns of `table`. */
  readonly methods: readonly MethodResult[];
  /** `[benchmarks, methods]`: mean scores. */
  readonly table: readonly (readonly number[])[];
  readonly rankDirection: RankDirection;
  readonly alpha: number;
  readonly postHoc: PostHocTest;
  /** `undefined` with a single benchmark. */
  readonly tests: PairTests | undefined;
}

/** Every test of all pairs. */
export type PairTests = Readonly<Record<PostHocTest, PairwiseResult>>;

/** Every pair of methods once, the better-ranked first. */
export function comparePairs(input: PairInput): PairResult[] {
  const { methods, table, rankDirection, alpha, postHoc, tests } = input;
  return winTieLoss(table, { direction: rankDirection })
    .filter(({ method, opponent }) => method < opponent)
    .flatMap((duel): PairResult[] => {
      const [first, second] = [methods[duel.method], methods[duel.opponent]];
      if (first === undefined || second === undefined) return [];
      const at = duel.method * methods.length + duel.opponent;
      const alone = (test: PostHocTest) => tests?.[test].pValues.values[at] ?? null;
      const adjusted = (test: PostHocTest) => tests?.[test].adjustedPValues.values[at] ?? null;
      const decisiveAdjustedP = adjusted(postHoc);
      const a12 = stratifiedA12(first, second, rankDirection);
      const cliffsDelta = 2 * a12 - 1;
      return [
        {
          a: first.method,
          b: second.method,
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
        },
      ];
    });
}

/** Scores of different benchmarks are not compared with each other: their scales differ. */
function stratifiedA12(a: MethodResult, b: MethodResult, direction: RankDirection): number {
  const each = a.benchmarks.map((cell, at) => {
    const share = varghaDelaney(cell.scores, b.benchmarks[at]?.scores ?? []);
    return direction === 'largest-first' ? share : 1 - share;
  });
  return each.reduce((sum, share) => sum + share, 0) / each.length;
}
