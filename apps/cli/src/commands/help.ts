import { Command } from 'commander';

/**
 * `help`, beneath `oneshot` and each of its groups: the help of the command that its words lead to.
 *
 * @param examples such as `oneshot help search`
 */
export function helpCommand(examples: readonly string[]): Command {
  return new Command('help')
    .description('what a command does, and its options')
    .argument('[command...]', 'words that lead to it')
    .addHelpText('after', `\nExamples:\n${examples.map((example) => `  ${example}`).join('\n')}`)
    .action((words: readonly string[], _options: unknown, { parent }: Command) => {
      const at = (command: Command | null | undefined, word: string) =>
        command?.commands.find((each) => each.name() === word) ?? command;
      words.reduce(at, parent)?.help();
    });
}
