import { BenchmarkError, publishedByName } from '@oneshot/benchmarks';
import { scoresTable, type TableInput } from '@oneshot/evaluation';
import { badInput } from '../failure.js';
import type { ScoreOptions } from '../input/score-options.js';
import { createOutput } from '../output/output.js';

/** Published results as a table; accuracies are fractions, as those of campaigns. */
export function publishedScores(input: string, options: ScoreOptions): TableInput {
  try {
    const { name, measure, direction, scores, remarks } = publishedByName(input);
    if (options.direction !== undefined && options.direction !== direction) {
      const better = direction === 'up' ? 'larger' : 'smaller';
      throw badInput(`${input}: of ${measure} ${better} is better; leave --direction ${options.direction} out.`);
    }
    const { remark } = createOutput(options.json === true);
    for (const each of remarks) remark(each);
    const records = scores.map(({ method, benchmark, value }) => ({ method, benchmark, seed: 'published', value }));
    return scoresTable(name, records, measure);
  } catch (error) {
    if (error instanceof BenchmarkError) throw badInput(error.message);
    throw error;
  }
}
