import {
  effectMagnitude,
  type NemenyiResult,
  type PairwiseWilcoxonResult,
  type RankDirection,
  varghaDelaney,
  winTieLoss,
} from '@oneshot/stats';
import type { MethodResult, PairResult, PostHocTest } from './rank-analysis.js';

interface PairInput {
  /** Best first; columns of `table`. */
  readonly methods: readonly MethodResult[];
  /** `[benchmarks, methods]`: mean scores. */
  readonly table: readonly (readonly number[])[];
  readonly rankDirection: RankDirection;
  readonly alpha: number;
  readonly postHoc: PostHocTest;
  readonly byRank: NemenyiResult | undefined;
  readonly bySignedRank: PairwiseWilcoxonResult | undefined;
}

/** Every pair of methods once, the better-ranked first. */
export function comparePairs(input: PairInput): PairResult[] {
  const { methods, table, rankDirection, alpha, postHoc, byRank, bySignedRank } = input;
  return winTieLoss(table, { direction: rankDirection })
    .filter(({ method, opponent }) => method < opponent)
    .flatMap((duel): PairResult[] => {
      const [first, second] = [methods[duel.method], methods[duel.opponent]];
      if (first === undefined || second === undefined) return [];
      const at = duel.method * methods.length + duel.opponent;
      const nemenyiP = byRank?.pValues.values[at] ?? null;
      const wilcoxonHolmP = bySignedRank?.adjustedPValues.values[at] ?? null;
      const decisive = postHoc === 'nemenyi' ? nemenyiP : wilcoxonHolmP;
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
          wilcoxonP: bySignedRank?.pValues.values[at] ?? null,
          wilcoxonHolmP,
          nemenyiP,
          significant: decisive !== null && decisive <= alpha,
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
