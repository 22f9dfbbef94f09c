import { type Genotype, selectionOf } from '@oneshot/nas';
import { breathe } from '../loop/dependencies.js';
import { type ProxyContext, proxies } from './proxy.js';

/**
 * The candidate with the best mean rank over some proxies; the first of equals. Ranks of equal
 * scores are shared.
 */
export async function bestRanked(
  names: readonly string[],
  candidates: readonly Genotype[],
  context: ProxyContext,
  signal: AbortSignal | undefined,
): Promise<Genotype> {
  const totals = candidates.map(() => 0);
  const { space } = context.model;
  for (const name of names) {
    const prepared = proxies.of(name).prepare(context);
    try {
      const scores: number[] = [];
      for (const genotype of candidates) {
        await breathe(signal);
        const score = prepared.score(selectionOf(space, genotype));
        scores.push(Number.isNaN(score) ? Number.NEGATIVE_INFINITY : score);
      }
      scores.forEach((score, index) => {
        const better = scores.filter((other) => other > score).length;
        const equal = scores.filter((other) => other === score).length;
        totals[index] = (totals[index] ?? 0) + better + (equal - 1) / 2;
      });
    } finally {
      prepared.finish?.();
    }
  }
  const best = candidates[totals.indexOf(Math.min(...totals))];
  if (best === undefined) throw new RangeError('there is no candidate');
  return best;
}
