import { Command, Option } from 'commander';
import type { EvaluateOptions } from '../actions/evaluate.js';
import { withServices } from '../input/common-options.js';
import { withImageRule } from '../input/data-options.js';
import { nameList, numbers } from '../input/lists.js';
import { withForce } from '../input/overwrite-options.js';

/** `oneshot evaluate`: scores a model with onnxruntime. */
export function evaluateCommand(): Command {
  const command = withServices(withForce(new Command('evaluate')))
    .description('score a model on a data set with onnxruntime: accuracy, calibration, classes, latency, size, memory')
    .argument('<model>', 'id of a model, or its first digits, or any ONNX file that classifies images')
    .option('--data <name>', 'a data set by name, or a folder (default: what the model was trained on)');
  return withImageRule(command, { imageSize: 'what the model takes', resize: 'as in training, else crop' })
    .addOption(new Option('--split <part>', 'which images are scored').choices(['train', 'test']).default('test'))
    .option(
      '--classes <names>',
      'names of the model’s outputs in their order, as the data calls its classes, such as cat,dog (default: what the file says)',
      nameList,
    )
    .addOption(
      new Option('--pixels <range>', 'pixels a file from elsewhere takes: raw from 0 to 255, unit from 0 to 1').choices(
        ['raw', 'unit'],
      ),
    )
    .option('--mean <values>', 'subtracted from pixels, by channel, such as 0.49,0.48,0.45', numbers)
    .option('--std <values>', 'pixels are divided by, by channel, such as 0.25,0.24,0.26', numbers)
    .addOption(
      new Option('--outputs <kind>', 'what the model gives (default: seen from its first scores)').choices([
        'logits',
        'probabilities',
      ]),
    )
    .option('--provider <name>', 'execution provider of onnxruntime (default: cpu)')
    .option('--batches <sizes>', 'also time batches of these sizes, such as 1,8,32', numbers)
    .option('--latency-threads <counts>', 'with so many threads each (default: 1)', numbers)
    .option('--out <folder>', 'write figures and tables into a folder')
    .addHelpText(
      'after',
      `
Examples:
  oneshot evaluate 9f3ac1
  oneshot evaluate model.onnx --data cifar10 --pixels unit --mean 0.49,0.48,0.45 --std 0.25,0.24,0.26
  oneshot evaluate model.onnx --data ./pets --pixels raw --classes cat,dog,rabbit
  oneshot evaluate model.onnx --data fashion-mnist --batches 1,8,32 --latency-threads 1,2 --out scores`,
    )
    .action(async (model: string, options: EvaluateOptions) => {
      const { evaluate } = await import('../actions/evaluate.js');
      await evaluate(model, options);
    });
}
