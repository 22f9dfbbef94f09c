import { Command } from 'commander';
import type { ReportOptions } from '../actions/report.js';
import { withServices } from '../input/common-options.js';
import { withForce } from '../input/overwrite-options.js';
import { registryHelp, scoresArgument, withScores } from '../input/score-options.js';

/** `oneshot report`: everything about a set of scores or a campaign, in a folder. */
export function reportCommand(): Command {
  return withServices(withScores(withForce(new Command('report'))))
    .description('write a report: HTML, Markdown, LaTeX, CSV, JSON, and every figure as SVG, PNG and PDF')
    .argument('<scores...>', scoresArgument)
    .option('--out <folder>', 'where it is written (default: oneshot-out/NAME, of a campaign oneshot-out/NAME-report)')
    .addHelpText(
      'after',
      `${registryHelp}
Examples:
  oneshot report results.csv                            to oneshot-out/results
  oneshot report gaps.csv --direction down --out paper
  oneshot report 9f3ac1                                 a campaign, with its cells and curves, to oneshot-out/NAME-report
  oneshot report registry:space=darts --out darts       all scores there are of that space`,
    )
    .action(async (scores: string[], options: ReportOptions) => {
      const { report } = await import('../actions/report.js');
      await report(scores, options);
    });
}
