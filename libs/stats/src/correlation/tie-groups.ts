/** Sums over the groups of t tied values that corrections for ties are made of. */
export interface TieSums {
  /** Σ t(t − 1)/2: pairs tied. */
  readonly pairs: number;
  /** Σ t(t − 1)(t − 2). */
  readonly triples: number;
  /** Σ t(t − 1)(2t + 5). */
  readonly variance: number;
  /** Number of groups, which is the number of distinct values. */
  readonly groups: number;
}

/**
 * Sums over runs of equal neighbours in a sorted sequence of levels.
 *
 * @param next a second sequence; where given, neighbours are equal only if both levels are
 */
export function tieSums(levels: Uint32Array, next?: Uint32Array): TieSums {
  let pairs = 0;
  let triples = 0;
  let variance = 0;
  let groups = 0;
  for (let start = 0; start < levels.length; ) {
    let end = start + 1;
    while (end < levels.length && levels[end] === levels[start] && (!next || next[end] === next[start])) end++;
    const t = end - start;
    pairs += (t * (t - 1)) / 2;
    triples += t * (t - 1) * (t - 2);
    variance += t * (t - 1) * (2 * t + 5);
    groups += 1;
    start = end;
  }
  return { pairs, triples, variance, groups };
}
