import { Command } from 'commander';
import type { TrainOptions } from '../actions/train.js';
import { withServices } from '../input/common-options.js';
import { withData } from '../input/data-options.js';
import { wholeNumber } from '../input/numbers.js';
import { precisionOption } from '../input/precision-option.js';

/** `oneshot train`: retrains one genotype. */
export function trainCommand(): Command {
  return withServices(withData(new Command('train')))
    .description('retrain a genotype, and register the model')
    .requiredOption('--genotype <genotype>', 'id, the field’s notation, JSON, or a JSON or YAML file')
    .option('--space <space>', 'search space: a name, JSON, or a file (default: the genotype’s, at its own size)')
    .option('--seed <number>', 'seed of all random numbers', wholeNumber(0), 0)
    .option('--epochs <count>', 'epochs (default: 600)', wholeNumber(1))
    .option('--batch <count>', 'images per step (default: 96)', wholeNumber(1))
    .addOption(precisionOption('what cells run in (default: float32)'))
    .option(
      '--fit',
      'fit what is not given to the data, as oneshot search does (default: the field’s own settings)',
      false,
    )
    .option('--settings <file>', 'further settings, YAML or JSON (oneshot schema training)')
    .addHelpText(
      'after',
      `
Examples:
  oneshot train --genotype 4be7c0d2 --data cifar10 --epochs 100
  oneshot train --genotype "|nor_conv_3x3~0|+|none~0|skip_connect~1|+|skip_connect~0|none~1|nor_conv_3x3~2|" --epochs 50
  oneshot train --genotype found.json --settings retraining.yaml --json`,
    )
    .action(async (options: TrainOptions) => {
      const { train } = await import('../actions/train.js');
      await train(options);
    });
}
