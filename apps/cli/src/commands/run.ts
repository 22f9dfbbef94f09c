import { Command } from 'commander';
import type { RunOptions } from '../actions/run.js';
import { withServices } from '../input/common-options.js';
import { names } from '../input/lists.js';
import { withForce } from '../input/overwrite-options.js';

/** `oneshot run`: a campaign from its file to a ranking, a report and models. */
export function runCommand(): Command {
  return withServices(withForce(new Command('run')))
    .description('run a campaign: search, retrain, evaluate and rank methods')
    .argument('<campaign>', 'campaign file, YAML or JSON; - reads standard input')
    .option('--out <folder>', 'where report and models are put (default: oneshot-out/NAME)')
    .option('--methods <names>', 'run only these methods of the campaign, separated by commas', names)
    .addHelpText(
      'after',
      `
The same campaign goes on where it was interrupted; one that is done is told again without work.

Examples:
  oneshot run examples/fashion.yaml
  oneshot run campaign.yaml --workers 2 --out results
  oneshot run examples/darts-bench/wide-regular.yaml --methods darts,gdas
  oneshot run campaign.yaml --json | jq 'select(.type == "campaign")'
  oneshot run campaign.yaml --coordinator coordinator:7005 --registry registry:7001`,
    )
    .action(async (file: string, options: RunOptions) => {
      const { runCampaign } = await import('../actions/run.js');
      await runCampaign(file, options);
    });
}
