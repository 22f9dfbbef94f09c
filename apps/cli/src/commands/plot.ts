import { Argument, Command, Option } from 'commander';
import type { PlotActionOptions } from '../actions/plot.js';
import { withServices } from '../input/common-options.js';
import { withScores } from '../input/score-options.js';

// Named here as well, so that help does not wait for the code that draws.
const kinds = [
  'critical-difference',
  'win-rate',
  'kendall',
  'boxes',
  'curves',
  'any-time',
  'scatter',
  'pareto',
  'heat-map',
  'alpha',
  'alpha-trajectories',
  'operations',
  'cumulative-probability',
  'cell',
];

/** `oneshot plot`: one figure. */
export function plotCommand(): Command {
  return withServices(withScores(new Command('plot')))
    .description('draw one figure of a table, as SVG, PNG or PDF, with its data as CSV')
    .addArgument(new Argument('<kind>', 'what is drawn').choices(kinds))
    .argument('<input>', 'a CSV file, or "-" for standard input; for a cell: a genotype file, or its notation')
    .requiredOption('--out <file>', 'the file to write; its ending says what: .svg, .png, .pdf or .csv')
    .option('--title <text>', 'title of the figure')
    .addOption(new Option('--x-scale <scale>', 'scale of the x axis').choices(['linear', 'log']).default('linear'))
    .addOption(
      new Option('--theme <theme>', 'colours of PNG and PDF; an SVG has both')
        .choices(['light', 'dark'])
        .default('light'),
    )
    .addHelpText(
      'after',
      `
Columns of the tables:
  critical-difference, win-rate, kendall, boxes   scores, long or wide, as for "oneshot rank"
  curves                                          series, x, y [, low, high]
  any-time                                        method, time, value [, seed]
  scatter, pareto                                 x, y [, label, group]
  heat-map                                        row, column, value
  alpha, alpha-trajectories, operations           epoch, choice, option, weight
  cumulative-probability                          series, probability, accuracy

Examples:
  oneshot plot critical-difference results.csv --out ranks.pdf
  oneshot plot pareto models.csv --x-scale log --out front.svg
  oneshot plot any-time runs.csv --out curves.png --theme dark`,
    )
    .action(async (kind: string, input: string, options: PlotActionOptions) => {
      const { plot } = await import('../actions/plot.js');
      await plot(kind, input, options);
    });
}
