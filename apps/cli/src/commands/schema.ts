import { Argument, Command } from 'commander';
import type { SchemaName } from '../input/schemas.js';

const schemaNames: readonly SchemaName[] = ['campaign', 'profile', 'search', 'training'];

/**
 * `oneshot schema`: what may be written in a campaign and in its parts, for editors and other
 * programs.
 */
export function schemaCommand(): Command {
  return new Command('schema')
    .description('print the JSON Schema of a campaign, a profile, a search or a training')
    .addArgument(new Argument('<kind>', 'what is described').choices(schemaNames))
    .addHelpText('after', '\nExamples:\n  oneshot schema campaign > campaign.schema.json\n  oneshot schema profile')
    .action(async (kind: SchemaName) => {
      const { schemaOf } = await import('../input/schemas.js');
      process.stdout.write(`${JSON.stringify(schemaOf(kind), null, 2)}\n`);
    });
}
