import { availableParallelism } from 'node:os';
import { type Command, Option } from 'commander';
import { repeated, wholeNumber } from './numbers.js';

/** Options of every command. */
export interface OutputOptions {
  readonly json?: true;
}

/** Where services are. */
export interface AddressOptions {
  readonly registry?: string;
  readonly searcher?: string;
  readonly trainer?: string;
  readonly evaluator?: string;
  readonly coordinator?: string;
}

/** Options of every command that talks to services. */
export interface ServiceOptions extends OutputOptions, AddressOptions {
  readonly state: string;
  readonly dataDir?: readonly string[];
  readonly spaceDir?: string;
  readonly workers: number;
  readonly threads: number;
  readonly acceptOtherArithmetic?: true;
}

export function withJson(command: Command): Command {
  return command.option('--json', 'print results as JSON, one document per line');
}

export function withDataDirectories(command: Command): Command {
  return command.option(
    '--data-dir <folder>',
    'folder that holds data sets; may be given several times (also ONESHOT_DATA, a path list)',
    repeated,
  );
}

/** The only folder from which modules of spaces are loaded. `usual` is told in the help. */
export function withSpaceDirectory(command: Command, usual: string): Command {
  const description = `folder whose modules may be named as spaces (default: ${usual})`;
  return command.addOption(new Option('--space-dir <folder>', description).env('ONESHOT_SPACES'));
}

/** The folder in which everything is kept. */
export function withState(command: Command): Command {
  return command.addOption(
    new Option('--state <folder>', 'where runs, models and checkpoints are kept')
      .env('ONESHOT_STATE')
      .default('.oneshot'),
  );
}

const services = ['registry', 'searcher', 'trainer', 'evaluator', 'coordinator'] as const;

/**
 * Where the services are: in this process by default, with their state in a folder; elsewhere as
 * soon as one address is given.
 */
export function withServices(command: Command): Command {
  withState(withDataDirectories(withJson(command)));
  withSpaceDirectory(command, 'that of the campaign’s file, else the current one');
  command.addOption(
    new Option('--workers <count>', 'runs worked on at once, one core each')
      .env('ONESHOT_WORKERS')
      .default(availableParallelism(), 'one per core')
      .argParser(wholeNumber(1, 1024)),
  );
  command.addOption(
    new Option('--threads <count>', 'kernel threads of each run; results do not depend on it')
      .env('ONESHOT_THREADS')
      .default(1)
      .argParser(wholeNumber(1, 256)),
  );
  withAcceptedArithmetic(command);
  return withAddresses(command);
}

/** What workers on this machine do with checkpoints of other arithmetic. */
export function withAcceptedArithmetic(command: Command): Command {
  return command.option(
    '--accept-other-arithmetic',
    'go on from a checkpoint of another instruction set or engine, to other bits than an undisturbed run',
  );
}

/** Addresses of services that run elsewhere. */
export function withAddresses(command: Command): Command {
  for (const service of services) {
    command.addOption(
      new Option(`--${service} <host:port>`, `use the ${service} at this address`).env(
        `ONESHOT_${service.toUpperCase()}`,
      ),
    );
  }
  return command;
}

/** The addresses given, if any is. */
export function remoteAddresses(
  options: AddressOptions,
): Readonly<Partial<Record<(typeof services)[number], string>>> | undefined {
  const given = services.flatMap((service) => {
    const address = options[service];
    return address === undefined ? [] : [[service, address] as const];
  });
  return given.length === 0 ? undefined : Object.fromEntries(given);
}
