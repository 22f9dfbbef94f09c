import { Command } from 'commander';
import { exitCodeHelp } from '../exit-codes.js';

/** `oneshot exit-codes`, and so `oneshot help exit-codes`: what exit codes mean. */
export function exitCodesCommand(): Command {
  return new Command('exit-codes')
    .description('what the exit codes mean')
    .addHelpText('after', `\nExit codes:\n${exitCodeHelp()}`)
    .action(() => {
      process.stdout.write(`${exitCodeHelp()}\n`);
    });
}
