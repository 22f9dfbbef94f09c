import { Command } from 'commander';
import type { CleanCommandOptions } from '../actions/clean.js';
import { withServices } from '../input/common-options.js';
import { wholeNumber } from '../input/numbers.js';

/** `oneshot clean`: what is stored and nothing refers to. */
export function cleanCommand(): Command {
  return withServices(new Command('clean'))
    .description('tell which stored files nothing refers to any more, or delete them')
    .option('--delete', 'delete them; without it, only what would go is told')
    .option(
      '--older-than <hours>',
      'only files that nobody stored or asked about for so long',
      wholeNumber(1, 1_000_000),
      24,
    )
    .addHelpText(
      'after',
      `
A file that a run, campaign, model, checkpoint or report refers to stays. All services must answer: with one missing, nothing goes.

Examples:
  oneshot clean
  oneshot clean --delete
  oneshot clean --older-than 720 --json`,
    )
    .action(async (options: CleanCommandOptions) => {
      const { clean } = await import('../actions/clean.js');
      await clean(options);
    });
}
