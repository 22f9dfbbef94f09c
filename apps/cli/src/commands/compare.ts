import { Command } from 'commander';
import type { CompareActionOptions } from '../actions/compare.js';
import { withServices } from '../input/common-options.js';
import { names } from '../input/lists.js';
import { withForce } from '../input/overwrite-options.js';
import { registryHelp, scoresArgument, withDocumentFormat, withScores } from '../input/score-options.js';

/** `oneshot compare`: methods against each other, or all against one. */
export function compareCommand(): Command {
  return withServices(withDocumentFormat(withScores(withForce(new Command('compare')))))
    .description('compare methods pairwise: tests, effect sizes, intervals, any-time curves')
    .argument('<scores...>', `${scoresArgument} over the benchmarks they share`)
    .option('--methods <names>', 'only these, separated by commas', names)
    .option('--control <method>', 'compare all others with this one')
    .option('--curves <file>', 'CSV of any-time curves (method, time, value, and seed), drawn into --out')
    .option('--out <folder>', 'write tables and figures into a folder')
    .addHelpText(
      'after',
      `${registryHelp}
Examples:
  oneshot compare results.csv --methods darts,random
  oneshot compare mine.csv theirs.csv --control random
  oneshot compare 9f3ac1 77b0e2 --out comparison        two campaigns, over the benchmarks both have
  oneshot compare registry:data=cifar10,method=darts,method=drnas`,
    )
    .action(async (inputs: string[], options: CompareActionOptions) => {
      const { compare } = await import('../actions/compare.js');
      await compare(inputs, options);
    });
}
