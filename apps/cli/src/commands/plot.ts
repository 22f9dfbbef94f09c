import type { PlotKind } from '@oneshot/evaluation';
import { Argument, Command, Option } from 'commander';
import type { PlotActionOptions } from '../actions/plot.js';
import { withServices } from '../input/common-options.js';
import { withForce } from '../input/overwrite-options.js';
import { registryHelp, withScores } from '../input/score-options.js';

const scores = 'scores, long or wide, as for "oneshot rank"';
const weights = 'epoch, choice, option, weight';

/**
 * Columns of the table of each kind; those in brackets may be left out. Named here, so that help
 * does not wait for the code that draws.
 */
const columns: Readonly<Record<PlotKind, string>> = {
  'critical-difference': scores,
  'win-rate': scores,
  kendall: scores,
  boxes: scores,
  curves: 'series, x, y [, low, high]',
  'any-time': 'method, time, value [, seed]',
  scatter: 'x, y [, label, group]',
  pareto: 'x, y [, label, group]',
  'heat-map': 'row, column, value',
  alpha: weights,
  'alpha-trajectories': weights,
  operations: weights,
  'cumulative-probability': 'series, probability, accuracy',
};

/** `oneshot plot`: one figure. */
export function plotCommand(): Command {
  return withServices(withScores(withForce(new Command('plot'))))
    .description('draw one figure of a table, as SVG, PNG or PDF, with its data as CSV')
    .addArgument(new Argument('<kind>', 'what is drawn').choices([...Object.keys(columns), 'cell']))
    .argument(
      '<input>',
      'a CSV file, or "-" for standard input; scores also as for "oneshot rank"; any-time curves also of the searches of a campaign, by id, or of registry:FILTERS; for a cell: a genotype file, or its notation',
    )
    .requiredOption(
      '--out <file>',
      'the file to write; its ending says what: .svg, .png, .pdf or .csv; its data go to FILE.csv beside it',
    )
    .option('--title <text>', 'title of the figure')
    .option('--x-label <text>', 'name of the x axis')
    .option('--y-label <text>', 'name of the y axis')
    .addOption(new Option('--x-scale <scale>', 'scale of the x axis').choices(['linear', 'log']).default('linear'))
    .addOption(
      new Option('--theme <theme>', 'colours of PNG and PDF; an SVG has both')
        .choices(['light', 'dark'])
        .default('light'),
    )
    .addOption(
      new Option('--time <unit>', 'time of any-time curves that are read from searches')
        .choices(['epochs', 'seconds'])
        .default('epochs'),
    )
    .addHelpText(
      'after',
      `
Columns of the tables:
${columnHelp()}
${registryHelp}
Examples:
  oneshot plot critical-difference results.csv --out ranks.pdf
  oneshot plot pareto models.csv --x-scale log --x-label parameters --y-label accuracy --out front.svg
  oneshot plot boxes registry:space=darts,data=cifar10 --out scores.svg
  oneshot plot any-time runs.csv --out curves.png --theme dark
  oneshot plot any-time 9f3ac1 --time seconds --out searches.svg    best validation accuracy so far`,
    )
    .action(async (kind: PlotKind | 'cell', input: string, options: PlotActionOptions) => {
      const { plot } = await import('../actions/plot.js');
      await plot(kind, input, options);
    });
}

/** Kinds that read the same columns share a line. */
function columnHelp(): string {
  const kindsOf = new Map<string, string[]>();
  for (const [kind, read] of Object.entries(columns)) kindsOf.set(read, [...(kindsOf.get(read) ?? []), kind]);
  const lines = [...kindsOf].map(([read, kinds]) => [kinds.join(', '), read] as const);
  const width = Math.max(...lines.map(([kinds]) => kinds.length));
  return lines.map(([kinds, read]) => `  ${kinds.padEnd(width)}   ${read}`).join('\n');
}
