import { badInput } from '../failure.js';
import type { ServiceOptions } from '../input/common-options.js';
import { createOutput } from '../output/output.js';
import { fetchArtifact } from '../runs/fetch-artifact.js';
import { checkId } from '../runs/find.js';
import { findModel } from '../runs/find-in-registry.js';
import { withSession } from '../session/with-session.js';

/** What `oneshot export` does. */
export async function exportModel(id: string, options: ServiceOptions & { readonly out?: string }): Promise<void> {
  checkId(id);
  const onInterrupted = () => 'No file was written.';
  await withSession(options, { involvement: 'look', onInterrupted }, async ({ services }, signal) => {
    const model = await findModel(services, id);
    if (model === undefined) throw badInput(`There is no model "${id}". To see all: oneshot list models`);
    const file = options.out ?? `${model.id.slice(0, 12)}.onnx`;
    await fetchArtifact(services, model.onnx, file, signal);
    createOutput(options.json === true).result(() => file, { file, model });
  });
}
