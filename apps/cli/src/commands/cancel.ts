import { Command } from 'commander';
import { type ServiceOptions, withServices } from '../input/common-options.js';

/** `oneshot cancel`: stops a campaign or run. */
export function cancelCommand(): Command {
  return withServices(new Command('cancel'))
    .description('cancel a campaign with all its runs, or a single run')
    .argument('<id>', 'id, or its first digits')
    .addHelpText(
      'after',
      '\nExamples:\n  oneshot cancel 4be7c0\n  oneshot cancel 4be7c0 --coordinator coordinator:7005',
    )
    .action(async (id: string, options: ServiceOptions) => {
      const { cancel } = await import('../actions/cancel.js');
      await cancel(id, options);
    });
}
