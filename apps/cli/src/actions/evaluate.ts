import { join } from 'node:path';
import type { Run } from '@oneshot/contracts';
import { uploadArtifact } from '@oneshot/jobs';
import { evaluationFileNames, evaluationFiles } from '../evaluation/evaluation-files.js';
import { evaluationResult } from '../evaluation/evaluation-result.js';
import { evaluationText } from '../evaluation/evaluation-text.js';
import { type ModelArgument, modelArgument } from '../evaluation/model-argument.js';
import { badInput } from '../failure.js';
import { inFolder, unknownFile } from '../files/output-file.js';
import { standingOf } from '../files/overwriting.js';
import { writeFiles } from '../files/write-files.js';
import type { ServiceOptions } from '../input/common-options.js';
import type { ImageRuleOptions } from '../input/data-options.js';
import { dataFolder, dataSpec } from '../input/data-spec.js';
import { type OverwriteOptions, overwriteRules } from '../input/overwrite-options.js';
import { createOutput } from '../output/output.js';
import { findModel } from '../runs/find-in-registry.js';
import { finishedRun, runToEnd } from '../runs/submit.js';
import type { Services } from '../session/services.js';
import { withSession } from '../session/with-session.js';

export interface EvaluateOptions extends ServiceOptions, OverwriteOptions, ImageRuleOptions {
  readonly data?: string;
  readonly split: 'train' | 'test';
  readonly classes?: readonly string[];
  readonly pixels?: 'raw' | 'unit';
  readonly mean?: readonly number[];
  readonly std?: readonly number[];
  readonly outputs?: 'logits' | 'probabilities';
  readonly provider?: string;
  readonly batches?: readonly number[];
  readonly latencyThreads?: readonly number[];
  readonly out?: string;
}

/** What `oneshot evaluate` does. */
export async function evaluate(text: string, options: EvaluateOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const how = scoring(options);
  const model = await modelArgument(text, { data: options.data, pixels: how.pixels });
  const again = 'To go on, give the same command again.';
  await withSession(options, { involvement: 'work', onInterrupted: () => again }, async ({ services }, signal) => {
    const { data, ...which } = await readModel(services, model, signal);
    const spec = { ...which, data: dataSpec({ ...options, data }), split: options.split, ...how };
    const title = `${data}, ${options.split}`;
    const { out } = options;
    const rules = overwriteRules(options, [text, dataFolder(data)]);
    const filesOf = (folder: string, run: Run) => inFolder(folder, evaluationFiles(title, evaluationResult(run)));
    if (out !== undefined) {
      const before = await finishedRun(services, 'evaluation', spec);
      const planned = evaluationFileNames.map((name) => unknownFile(join(out, name)));
      await standingOf(before === undefined ? planned : filesOf(out, before), rules);
    }
    const evaluation = await runToEnd(services, 'evaluation', spec, output, signal);
    const result = evaluationResult(evaluation);
    const files = out === undefined ? [] : await writeFiles(filesOf(out, evaluation), rules, output);
    const shown = () =>
      `${evaluationText(title, result)}${out === undefined ? '' : `\n\n${files.length} files in ${out}`}`;
    output.result(shown, { type: 'result', evaluation, files });
  });
}

/** The part of the spec that says how a model is fed and timed. */
function scoring({ classes, pixels, mean, std, outputs, provider, batches, latencyThreads }: EvaluateOptions) {
  if (pixels === undefined && (mean !== undefined || std !== undefined)) {
    throw badInput('--mean and --std need --pixels, which says what they are taken of: raw values or fractions.');
  }
  if (latencyThreads !== undefined && batches === undefined) {
    throw badInput('--latency-threads needs --batches, the sizes that are timed.');
  }
  return {
    ...(classes === undefined ? {} : { classes }),
    ...(pixels === undefined
      ? {}
      : { pixels: { range: pixels, ...(mean === undefined ? {} : { mean }), ...(std === undefined ? {} : { std }) } }),
    ...(outputs === undefined ? {} : { outputs }),
    ...(provider === undefined ? {} : { provider }),
    ...(batches === undefined ? {} : { latency: { batches, threads: latencyThreads ?? [1] } }),
  };
}

/**
 * What is scored, and on which data. A file is stored in the registry first, where evaluation
 * workers find it.
 */
async function readModel(
  services: Services,
  model: ModelArgument,
  signal: AbortSignal,
): Promise<{ readonly modelId: string; readonly data: string } | { readonly onnx: string; readonly data: string }> {
  if (model.kind === 'file') {
    const onnx = await uploadArtifact(services.registry, model.path, 'application/onnx', { signal, fullDisk: 'fail' });
    return { onnx, data: model.data };
  }
  const found = await findModel(services, model.id);
  if (found === undefined)
    throw badInput(`There is no model and no file "${model.id}". To see models: oneshot list models`);
  return { modelId: found.id, data: model.data ?? found.dataset };
}
