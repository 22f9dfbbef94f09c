import { Argument, Command, InvalidArgumentError, Option } from 'commander';
import type { ServeCommandOptions, Served } from '../actions/serve.js';
import {
  withAcceptedArithmetic,
  withAddresses,
  withDataDirectories,
  withSpaceDirectory,
  withState,
} from '../input/common-options.js';
import { repeated, wholeNumber } from '../input/numbers.js';

const served: readonly Served[] = ['registry', 'searcher', 'trainer', 'evaluator', 'coordinator', 'worker'];

/** `oneshot serve`: one service or worker of a distributed installation. */
export function serveCommand(): Command {
  const command = new Command('serve')
    .description('run one service, or one worker, in a process of its own')
    .addArgument(new Argument('<what>', 'which service').choices(served))
    .addOption(new Option('--host <address>', 'address to listen at').env('ONESHOT_HOST').default('127.0.0.1'))
    .addOption(
      new Option(
        '--port <port>',
        'port to listen at; 0 takes any (default: 7001 registry, 7002 searcher, 7003 trainer, 7004 evaluator, 7005 coordinator)',
      )
        .env('ONESHOT_PORT')
        .argParser(wholeNumber(0, 65_535)),
    )
    .addOption(
      new Option('--nats <host:port>', 'NATS server; may be given several times')
        .env('ONESHOT_NATS')
        .argParser(repeated),
    )
    .addOption(
      new Option(
        '--installation <name>',
        'tells installations apart that share NATS servers; the same for all services of one (default: one without a name)',
      )
        .env('ONESHOT_INSTALLATION')
        .argParser(installationName),
    )
    .addOption(
      new Option('--workers <count>', 'worker processes on this machine; 0: workers are started elsewhere')
        .env('ONESHOT_WORKERS')
        .default(0)
        .argParser(wholeNumber(0, 1024)),
    )
    .addOption(
      new Option('--threads <count>', 'kernel threads of each worker (default: all cores)')
        .env('ONESHOT_THREADS')
        .argParser(wholeNumber(1, 256)),
    )
    .option('--allow-data-paths', 'take data sets by paths too: clients may then name any folder of this machine')
    .option('--allow-cleaning', 'let "oneshot clean --delete" delete artifacts of this registry that nothing refers to')
    .addOption(new Option('--kind <kind>', 'what a worker works on').choices(['search', 'training', 'evaluation']));
  return withAcceptedArithmetic(
    withAddresses(withState(withSpaceDirectory(withDataDirectories(command), 'none are loaded'))),
  )
    .addHelpText(
      'after',
      `
Logs go to standard output, one JSON object per line. SIGTERM and SIGINT end it in good order.

Examples:
  oneshot serve registry --nats 127.0.0.1:4222
  oneshot serve searcher --registry 127.0.0.1:7001 --nats 127.0.0.1:4222
  oneshot serve worker --kind search --searcher 127.0.0.1:7002 --registry 127.0.0.1:7001
  oneshot serve coordinator --registry 127.0.0.1:7001 --searcher 127.0.0.1:7002 --trainer 127.0.0.1:7003 \\
    --evaluator 127.0.0.1:7004`,
    )
    .action(async (what: Served, options: ServeCommandOptions) => {
      const { serve } = await import('../actions/serve.js');
      await serve(what, options);
    });
}

/** Part of subjects and names of streams in NATS. */
function installationName(text: string): string {
  if (/^[A-Za-z0-9_-]{1,32}$/.test(text) && text !== 'oneshot') return text;
  throw new InvalidArgumentError(
    `Found "${text}", allowed: 1 to 32 letters, digits, "-" and "_", other than "oneshot".`,
  );
}
