import { Command, CommanderError } from 'commander';
import { cancelCommand } from './commands/cancel.js';
import { cleanCommand } from './commands/clean.js';
import { compareCommand } from './commands/compare.js';
import { dataCommand } from './commands/data.js';
import { doctorCommand } from './commands/doctor.js';
import { evaluateCommand } from './commands/evaluate.js';
import { exitCodesCommand } from './commands/exit-codes.js';
import { exportCommand } from './commands/export.js';
import { helpCommand } from './commands/help.js';
import { listCommand } from './commands/list.js';
import { plotCommand } from './commands/plot.js';
import { rankCommand } from './commands/rank.js';
import { reportCommand } from './commands/report.js';
import { runCommand } from './commands/run.js';
import { schemaCommand } from './commands/schema.js';
import { searchCommand } from './commands/search.js';
import { serveCommand } from './commands/serve.js';
import { showCommand } from './commands/show.js';
import { spacesCommand } from './commands/spaces.js';
import { trainCommand } from './commands/train.js';
import { watchCommand } from './commands/watch.js';
import { ExitCode } from './exit-codes.js';
import { Failure } from './failure.js';
import { writeFailure } from './output/output.js';
import { version } from './version.js';

/** The whole command. Errors of usage are thrown, so that one place decides on exit codes. */
export function createProgram(): Command {
  const program = new Command('oneshot')
    .description('Finds neural architectures by gradient descent, and measures the methods that do it.')
    .version(version(), '-V, --version')
    .addHelpText(
      'after',
      `
Examples:
  oneshot run examples/fashion.yaml      a campaign, to a ranking and a report
  oneshot search --data ./my-images      a small model for a folder of images
  oneshot doctor                         is this machine ready?

Without addresses everything runs in this process, with its state in .oneshot (--state).
With --coordinator HOST:PORT and its like, or ONESHOT_COORDINATOR, commands use services elsewhere.
Exit codes: oneshot help exit-codes`,
    );
  const commands = [
    runCommand(),
    searchCommand(),
    trainCommand(),
    evaluateCommand(),
    rankCommand(),
    compareCommand(),
    plotCommand(),
    reportCommand(),
    exportCommand(),
    listCommand(),
    cleanCommand(),
    showCommand(),
    watchCommand(),
    cancelCommand(),
    dataCommand(),
    serveCommand(),
    doctorCommand(),
    spacesCommand(),
    schemaCommand(),
    exitCodesCommand(),
    helpCommand(['oneshot help search', 'oneshot help data check', 'oneshot help exit-codes']),
  ];
  for (const command of commands) program.addCommand(command);
  throwUsageErrors(program);
  return program;
}

/** Runs the command and sets the process's exit code. */
export async function main(args: readonly string[]): Promise<void> {
  // A reader that has seen enough, such as `head`, closes the pipe; that is no fault.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(ExitCode.ok);
    throw error;
  });
  try {
    const program = createProgram();
    // Help asked for a command that there is not would be the general help, as if all were well.
    await program.parseAsync([...(unknownCommand(program, args) ?? args)], { from: 'user' });
  } catch (error) {
    // Help and version arrive here as well, with code 0.
    if (error instanceof CommanderError) {
      process.exitCode = error.exitCode === 0 ? ExitCode.ok : ExitCode.badInput;
      return;
    }
    const failure = error instanceof Failure ? error : (await import('./failure-from.js')).failureFrom(error);
    writeFailure(failure, args.includes('--json'));
    process.exitCode = failure.exitCode;
  }
}

/**
 * The words that lead to a command that there is not, `help` left out; undefined if there is each.
 */
function unknownCommand(command: Command, [word, ...rest]: readonly string[]): readonly string[] | undefined {
  if (word === undefined || word.startsWith('-') || command.commands.length === 0) return undefined;
  if (word === 'help') return unknownCommand(command, rest);
  const child = command.commands.find((each) => each.name() === word);
  if (child === undefined) return [word];
  const beneath = unknownCommand(child, rest);
  return beneath && [word, ...beneath];
}

function throwUsageErrors(command: Command): void {
  command.exitOverride().showHelpAfterError('(--help tells more)');
  for (const child of command.commands) throwUsageErrors(child);
}
