import { badInput } from '../failure.js';
import { artifactFile } from '../files/output-file.js';
import { writeFiles } from '../files/write-files.js';
import type { ServiceOptions } from '../input/common-options.js';
import { type OverwriteOptions, overwriteRules } from '../input/overwrite-options.js';
import { createOutput } from '../output/output.js';
import { checkId } from '../runs/find.js';
import { findModel } from '../runs/find-in-registry.js';
import { withSession } from '../session/with-session.js';

export interface ExportOptions extends ServiceOptions, OverwriteOptions {
  readonly out?: string;
}

/** What `oneshot export` does. */
export async function exportModel(id: string, options: ExportOptions): Promise<void> {
  checkId(id);
  const output = createOutput(options.json === true);
  const onInterrupted = () => 'No file was written.';
  await withSession(options, { involvement: 'look', onInterrupted }, async ({ services }, signal) => {
    const model = await findModel(services, id);
    if (model === undefined) throw badInput(`There is no model "${id}". To see all: oneshot list models`);
    const file = options.out ?? `${model.id.slice(0, 12)}.onnx`;
    await writeFiles([artifactFile(file, services, model.onnx, signal)], overwriteRules(options, []), output);
    output.result(() => file, { file, model });
  });
}
