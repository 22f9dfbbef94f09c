import { midranks } from '../ranks/midranks.js';

/**
 * What happens to pairs without difference: `wilcox` drops them; `pratt` ranks them with the others, then drops their ranks (Pratt 1959);
 * `split` ranks them and gives half of their ranks to each side, one left out if they are odd in number (Demšar 2006).
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
  const count = differences.filter((d) => d === 0).length;
  const dropped = zeros === 'wilcox' ? count : zeros === 'split' ? count % 2 : 0;
  const kept = withoutZeros(differences, dropped);
  const ranksOfAll = kept.length === 0 ? new Float64Array(0) : midranks(kept.map(Math.abs));
  const ranks: number[] = [];
  let positive = 0;
  let negative = 0;
  let ofZeros = 0;
  for (const [i, difference] of kept.entries()) {
    const rank = ranksOfAll[i] as number;
    if (difference === 0) ofZeros += rank;
    else ranks.push(rank);
    if (difference > 0) positive += rank;
    if (difference < 0) negative += rank;
  }
  const fromZeros = zeros === 'split' ? ofZeros / 2 : 0;
  return { ranks: Float64Array.from(ranks), positive: positive + fromZeros, negative: negative + fromZeros, fromZeros };
}

function withoutZeros(differences: Float64Array, dropped: number): Float64Array {
  let left = dropped;
  return differences.filter((difference) => {
    if (difference !== 0 || left === 0) return true;
    left -= 1;
    return false;
  });
}
