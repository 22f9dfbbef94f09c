import { Command } from 'commander';
import type { RankOptions } from '../actions/rank.js';
import { withServices } from '../input/common-options.js';
import { withForce } from '../input/overwrite-options.js';
import { registryHelp, scoresArgument, withDocumentFormat, withScores } from '../input/score-options.js';

/** `oneshot rank`: average ranks, tests and figures of any scores. */
export function rankCommand(): Command {
  return withServices(withDocumentFormat(withScores(withForce(new Command('rank')))))
    .description('rank methods over benchmarks, and test their differences')
    .argument('<scores...>', scoresArgument)
    .option('--out <folder>', 'write report, tables and figures (SVG, PNG, PDF, each with its data) into a folder')
    .addHelpText(
      'after',
      `${registryHelp}
Examples:
  oneshot rank results.csv                              columns: method, benchmark, seed, value
  oneshot rank errors.csv --form wide --measure error   a row per benchmark, a column per method
  oneshot rank results.csv --test wilcoxon --out ranking
  oneshot rank 9f3ac1 --format latex > ranking.tex      a campaign by its id
  oneshot rank registry:space=darts,data=cifar10        all scores there are of that space and data set
  oneshot rank published:confopt/table-2..10            published results, by paper and tables`,
    )
    .action(async (scores: string[], options: RankOptions) => {
      const { rank } = await import('../actions/rank.js');
      await rank(scores, options);
    });
}
