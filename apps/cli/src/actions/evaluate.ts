import { statSync } from 'node:fs';
import { uploadArtifact } from '@oneshot/jobs';
import { badInput } from '../failure.js';
import type { ServiceOptions } from '../input/common-options.js';
import { dataName } from '../input/data-spec.js';
import { createOutput } from '../output/output.js';
import { formatTable } from '../output/table.js';
import { checkId } from '../runs/find.js';
import { findModel } from '../runs/find-in-registry.js';
import { resultNumber } from '../runs/result.js';
import { runToEnd } from '../runs/submit.js';
import type { Services } from '../session/services.js';
import { withSession } from '../session/with-session.js';

export interface EvaluateOptions extends ServiceOptions {
  readonly data?: string;
  readonly split: 'train' | 'test';
}

/** What `oneshot evaluate` does. */
export async function evaluate(model: string, options: EvaluateOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const again = 'To go on, give the same command again.';
  await withSession(options, { involvement: 'work', onInterrupted: () => again }, async ({ services }, signal) => {
    const { data, ...which } = await readModel(services, model, options.data, signal);
    const spec = { ...which, data: { name: dataName(data) }, split: options.split };
    const evaluation = await runToEnd(services, 'evaluation', spec, output, signal);
    const row = (name: string, field: string, format: (value: number) => string): string[][] => {
      const value = resultNumber(evaluation, field);
      return value === undefined ? [] : [[name, format(value)]];
    };
    const percent = (value: number) => `${(100 * value).toFixed(2)} %`;
    const rows = [
      ...row('accuracy', 'accuracy', percent),
      ...row('top-5 accuracy', 'top5Accuracy', percent),
      ...row('images', 'images', String),
      ...row('latency, median', 'latencyMedianMs', (value) => `${value.toPrecision(3)} ms`),
      ...row('latency, 95 %', 'latencyP95Ms', (value) => `${value.toPrecision(3)} ms`),
      ...row('size', 'bytes', (value) => `${value} bytes`),
    ];
    const text = () => formatTable([{ name: '' }, { name: `${data}, ${options.split}`, number: true }], rows);
    output.result(text, { type: 'result', evaluation });
  });
}

type Which = { readonly data: string } & ({ readonly modelId: string } | { readonly onnx: string });

/** A file is stored in the registry first, where evaluation workers find it. */
async function readModel(
  services: Services,
  model: string,
  data: string | undefined,
  signal: AbortSignal,
): Promise<Which> {
  if (statSync(model, { throwIfNoEntry: false })?.isFile()) {
    if (data === undefined) throw badInput('A file does not tell its data set: name it with --data.');
    const onnx = await uploadArtifact(services.registry, model, 'application/onnx', { signal });
    return { onnx, data };
  }
  checkId(model);
  const found = await findModel(services, model);
  if (found === undefined)
    throw badInput(`There is no model and no file "${model}". To see models: oneshot list models`);
  return { modelId: found.id, data: data ?? found.dataset };
}
