import { formatCsv } from '@oneshot/plots';
import type { ScoreRecord } from '../input/score-set.js';
import type { TableInput } from './table-task.js';

/** Scores as a table in long form, as `readScores` reads it. */
export function scoresTable(name: string, scores: readonly ScoreRecord[], measure: string): TableInput {
  const text = formatCsv({
    columns: ['method', 'benchmark', 'seed', measure],
    rows: scores.map(({ method, benchmark, seed, value }) => [method, benchmark, seed, value]),
  });
  return { name, role: 'scores', chunks: [Buffer.from(text)] };
}
