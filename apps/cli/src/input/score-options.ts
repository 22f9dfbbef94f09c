import type { DocumentFormat, PostHocTest } from '@oneshot/evaluation';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { OutputOptions } from './common-options.js';
import { nameList } from './lists.js';

/** Options of every command that ranks scores. */
export interface ScoreOptions extends OutputOptions {
  readonly form?: 'long' | 'wide';
  readonly methodColumn?: string;
  readonly benchmarkColumn?: string;
  readonly seedColumn?: string;
  readonly valueColumn?: string;
  readonly direction?: 'up' | 'down';
  readonly measure?: string;
  readonly without?: readonly string[];
  readonly alpha: number;
  readonly test: PostHocTest;
}

// Named here, so that help does not wait for the code that ranks.
const pairTests: readonly PostHocTest[] = ['nemenyi', 'wilcoxon', 'conover', 'quade'];

export function withScores(command: Command): Command {
  return command
    .addOption(
      new Option('--form <form>', 'long: a row per score; wide: a row per benchmark, a column per method').choices([
        'long',
        'wide',
      ]),
    )
    .option('--method-column <name>', 'column of method names (default: method, algorithm, algo or optimizer)')
    .option('--benchmark-column <name>', 'column of benchmark names (default: benchmark, dataset or task)')
    .option('--seed-column <name>', 'column that tells repetitions apart (default: seed, if there is one)')
    .option('--value-column <name>', 'column of scores (default: value, score, accuracy, or the only one left)')
    .addOption(
      new Option(
        '--direction <direction>',
        'which scores are better (default: down for errors, losses, times and other costs by their name, or else up)',
      ).choices(['up', 'down']),
    )
    .option('--without <names>', 'leave out methods or benchmarks, such as Optimum, separated by commas', nameList)
    .option('--measure <name>', 'what the scores are (default: the name of their column)')
    .addOption(new Option('--alpha <level>', 'family-wise level of significance').default(0.05).argParser(level))
    .addOption(
      new Option('--test <test>', 'test of pairs: Nemenyi; or Wilcoxon, Conover or Quade, each with Holm')
        .choices(pairTests)
        .default('nemenyi'),
    );
}

/** Inputs of every command that reads scores. */
export const scoresArgument =
  'CSV files, "-" for standard input, ids of campaigns, registry:FILTERS, or published:NAME; several are put side by side';

/** What `registry:FILTERS` means, for the help of every command that reads scores. */
export const registryHelp = `
Scores of all campaigns that have ended, by filters separated by commas: registry:space=darts,data=cifar10
  space, data, method, benchmark, campaign (name or id), seed, genotype, run (ids); a filter given twice: either value
`;

// Named here, so that help does not wait for the code that ranks.
const documentFormats: readonly DocumentFormat[] = ['markdown', 'latex', 'csv', 'json'];

export function withDocumentFormat(command: Command): Command {
  const option = new Option('--format <format>', 'print a document instead of a table');
  return command.addOption(option.choices(documentFormats));
}

function level(text: string): number {
  const value = Number(text);
  if (value > 0 && value < 1) return value;
  throw new InvalidArgumentError(`Found "${text}", allowed: a number between 0 and 1, such as 0.05.`);
}
