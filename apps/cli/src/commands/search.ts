import { Command } from 'commander';
import type { SearchOptions } from '../actions/search.js';
import { withServices } from '../input/common-options.js';
import { withData } from '../input/data-options.js';
import { wholeNumber } from '../input/numbers.js';
import { withForce } from '../input/overwrite-options.js';
import { precisionOption } from '../input/precision-option.js';

/** `oneshot search`: from images to a small trained model. */
export function searchCommand(): Command {
  return withServices(withData(withForce(new Command('search'))))
    .description('find an architecture for a data set, retrain it, and write the model as ONNX')
    .option('--space <space>', 'search space: a name, JSON, or a file', 'toy_cell')
    .option('--method <method>', 'method: a name, a profile as JSON, or a file', 'darts')
    .option('--seed <number>', 'seed of all random numbers', wholeNumber(0), 0)
    .option('--epochs <count>', 'epochs of the search (default: by the data)', wholeNumber(1))
    .option('--batch <count>', 'images per step of the search (default: by the data)', wholeNumber(1))
    .addOption(precisionOption('what cells run in, searching and retraining (default: the method’s)'))
    .option('--retrain-epochs <count>', 'epochs of the retraining (default: by the data)', wholeNumber(1))
    .option('--no-fit', 'the method’s and the field’s own settings instead of such that fit the data')
    .option('--retrain-settings <file>', 'further settings of the retraining, YAML or JSON (oneshot schema training)')
    .option('--no-train', 'stop at the genotype: no retraining, no model')
    .option('--out <file>', 'the model’s file (default: DATA-METHOD-seedN.onnx in the current folder)')
    .addHelpText(
      'after',
      `
Examples:
  oneshot search --data ./flowers
  oneshot search --data cifar10 --data-dir ~/datasets --space darts --method drnas --epochs 50
  oneshot search --space '{"name":"darts","cells":4}' --no-train --json`,
    )
    .action(async (options: SearchOptions) => {
      const { search } = await import('../actions/search.js');
      await search(options);
    });
}
