import { Command } from 'commander';
import { type OutputOptions, withJson } from '../input/common-options.js';

/** `oneshot spaces`: what can be searched. */
export function spacesCommand(): Command {
  const show = withJson(new Command('show'))
    .description('print a space’s definition, every option at its default, to edit and to search')
    .argument('<name>', 'which space')
    .addHelpText('after', '\nExamples:\n  oneshot spaces show darts > my-space.yaml')
    // The list takes --json too, wherever it stands.
    .action(async (name: string, _: OutputOptions, command: Command) => {
      const { showSpace } = await import('../actions/spaces.js');
      showSpace(name, command.optsWithGlobals<OutputOptions>());
    });
  return withJson(new Command('spaces'))
    .description('list the search spaces: their choices, how many architectures they have, where they come from')
    .addHelpText('after', '\nExamples:\n  oneshot spaces\n  oneshot spaces show cell')
    .action(async (options: OutputOptions) => {
      const { listSpaces } = await import('../actions/spaces.js');
      listSpaces(options);
    })
    .addCommand(show);
}
