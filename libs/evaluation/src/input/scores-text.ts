import { formatCsv } from '@oneshot/plots';
import type { ScoreRecord } from './score-set.js';

/** Scores as a table in long form, as `readScores` reads it. */
export function scoresText(scores: readonly ScoreRecord[], measure: string): string {
  return formatCsv({
    columns: ['method', 'benchmark', 'seed', measure],
    rows: scores.map(({ method, benchmark, seed, value }) => [method, benchmark, seed, value]),
  });
}
