import type { RankResponse, Score } from '@oneshot/contracts';
import { type FieldFault, invalidArgument } from '@oneshot/service-kit';
import { rankMethods, StatisticsError } from '@oneshot/stats';

/**
 * Ranks methods from their scores; greater is better. INVALID_ARGUMENT for scores that cannot be
 * ranked.
 */
export function rank(scores: readonly Score[]): RankResponse {
  try {
    return {
      methods: rankMethods(scores).map((row) => ({
        method: row.method,
        averageRank: row.averageRank,
        mean: row.mean,
        standardDeviation: row.standardDeviation ?? 0,
        count: row.count,
        best: row.best,
      })),
    };
  } catch (error) {
    if (!(error instanceof StatisticsError)) throw error;
    const fault: FieldFault = { path: 'scores', found: '', allowed: '', message: error.message };
    throw invalidArgument([fault], 'INVALID_SCORES');
  }
}
