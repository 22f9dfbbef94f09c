import { Argument, Command } from 'commander';
import type { Listed } from '../actions/list.js';
import { type ServiceOptions, withServices } from '../input/common-options.js';
import { wholeNumber } from '../input/numbers.js';

const listed: readonly Listed[] = [
  'campaigns',
  'runs',
  'searches',
  'trainings',
  'evaluations',
  'genotypes',
  'models',
  'scores',
];

/** `oneshot list`: what there is. */
export function listCommand(): Command {
  return withServices(new Command('list'))
    .description('list campaigns, runs of every kind or of one, genotypes, models or scores')
    .addArgument(new Argument('[what]', 'what is listed').choices(listed).default('campaigns'))
    .option('--limit <count>', 'at most so many', wholeNumber(1, 1000), 50)
    .addHelpText(
      'after',
      '\nExamples:\n  oneshot list\n  oneshot list models\n  oneshot list searches --limit 1000 --json',
    )
    .action(async (what: Listed, options: ServiceOptions & { readonly limit: number }) => {
      const { list } = await import('../actions/list.js');
      await list(what, options);
    });
}
