import { Command } from 'commander';
import { type ServiceOptions, withServices } from '../input/common-options.js';

/** `oneshot show`: everything about one thing. */
export function showCommand(): Command {
  return withServices(new Command('show'))
    .description('show a campaign, run, genotype or model')
    .argument('<id>', 'id, or its first digits')
    .addHelpText('after', '\nExamples:\n  oneshot show 4be7c0\n  oneshot show 4be7c0 --json')
    .action(async (id: string, options: ServiceOptions) => {
      const { show } = await import('../actions/show.js');
      await show(id, options);
    });
}
