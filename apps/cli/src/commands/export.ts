import { Command } from 'commander';
import type { ExportOptions } from '../actions/export.js';
import { withServices } from '../input/common-options.js';
import { withForce } from '../input/overwrite-options.js';

/** `oneshot export`: a trained model as an ONNX file. */
export function exportCommand(): Command {
  return withServices(withForce(new Command('export')))
    .description('write a trained model as an ONNX file')
    .argument('<model>', 'id of a model, or its first digits (oneshot list models)')
    .option('--out <file>', 'the file (default: MODEL.onnx in the current folder)')
    .addHelpText('after', '\nExamples:\n  oneshot export 9f3ac1\n  oneshot export 9f3ac1 --out model.onnx')
    .action(async (id: string, options: ExportOptions) => {
      const { exportModel } = await import('../actions/export.js');
      await exportModel(id, options);
    });
}
