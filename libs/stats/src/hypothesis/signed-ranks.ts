import { fillMidranks } from '../ranks/midranks.js';

/**
 * What happens to pairs without difference: `wilcox` drops them; `pratt` ranks them with the
 * others, then drops their ranks (Pratt 1959); `split` ranks them and gives half of their ranks to
 * each side, one left out if they are odd in number (Demšar 2006).
 */
export type ZeroRule = 'wilcox' | 'pratt' | 'split';

export interface SignedRanks {
  /** Ranks of |difference| that random signs may send to either side. */
  readonly ranks: Float64Array;
  /** Sum of the ranks of positive differences, split zeros included. */
  readonly positive: number;
  readonly negative: number;
  /** The part of `positive`, and of `negative`, that comes from split zeros, whatever the signs. */
  readonly fromZeros: number;
}

/** Ranks absolute differences and adds up the ranks of each sign (Wilcoxon 1945). */
export function signedRanks(differences: Float64Array, zeros: ZeroRule): SignedRanks {
  let zeroCount = 0;
  for (const difference of differences) if (difference === 0) zeroCount += 1;
  let dropped = zeros === 'wilcox' ? zeroCount : zeros === 'split' ? zeroCount % 2 : 0;
  const kept = new Float64Array(differences.length - dropped);
  let at = 0;
  for (const difference of differences) {
    if (difference === 0 && dropped > 0) dropped -= 1;
    else kept[at++] = difference;
  }
  const ranksOfAll = new Float64Array(kept.length);
  fillMidranks(kept.map(Math.abs), 'smallest-first', ranksOfAll);
  const ranks = new Float64Array(differences.length - zeroCount);
  at = 0;
  let positive = 0;
  let negative = 0;
  let ofZeros = 0;
  for (let i = 0; i < kept.length; i++) {
    const difference = kept[i] as number;
    const rank = ranksOfAll[i] as number;
    if (difference === 0) {
      ofZeros += rank;
      continue;
    }
    ranks[at++] = rank;
    if (difference > 0) positive += rank;
    else negative += rank;
  }
  const fromZeros = zeros === 'split' ? ofZeros / 2 : 0;
  return { ranks, positive: positive + fromZeros, negative: negative + fromZeros, fromZeros };
}
