import { Command, Option } from 'commander';
import type { EvaluateOptions } from '../actions/evaluate.js';
import { withServices } from '../input/common-options.js';

/** `oneshot evaluate`: scores a model with onnxruntime. */
export function evaluateCommand(): Command {
  return withServices(new Command('evaluate'))
    .description('score a model on a data set with onnxruntime')
    .argument('<model>', 'id of a model, or its first digits, or an ONNX file')
    .option('--data <name>', 'a data set by name, or a folder (default: what the model was trained on)')
    .addOption(new Option('--split <part>', 'which images are scored').choices(['train', 'test']).default('test'))
    .addHelpText(
      'after',
      '\nExamples:\n  oneshot evaluate 9f3ac1\n  oneshot evaluate model.onnx --data cifar10 --data-dir ~/datasets --json',
    )
    .action(async (model: string, options: EvaluateOptions) => {
      const { evaluate } = await import('../actions/evaluate.js');
      await evaluate(model, options);
    });
}
