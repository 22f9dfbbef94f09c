import { Command } from 'commander';
import { type ServiceOptions, withServices } from '../input/common-options.js';

/** `oneshot watch`: follows a campaign or run to its end. */
export function watchCommand(): Command {
  return withServices(new Command('watch'))
    .description('follow a campaign or run until it ends; work on it if nobody else does')
    .argument('<id>', 'id, or its first digits')
    .addHelpText(
      'after',
      '\nExamples:\n  oneshot watch 4be7c0\n  oneshot watch 4be7c0 --json --coordinator coordinator:7005',
    )
    .action(async (id: string, options: ServiceOptions) => {
      const { watch } = await import('../actions/watch.js');
      await watch(id, options);
    });
}
