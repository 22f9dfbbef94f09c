import type { Run } from '@oneshot/contracts';
import { artifactFile } from '../files/output-file.js';
import { standingOf } from '../files/overwriting.js';
import { writeFiles } from '../files/write-files.js';
import type { ServiceOptions } from '../input/common-options.js';
import type { DataOptions } from '../input/data-options.js';
import { dataFolder, dataLabel, dataSpec } from '../input/data-spec.js';
import { documentFile, nameOrDocument } from '../input/name-or-document.js';
import { type OverwriteOptions, overwriteRules } from '../input/overwrite-options.js';
import { readDocument } from '../input/read-document.js';
import { spaceArgument } from '../input/space-argument.js';
import { createOutput } from '../output/output.js';
import { accuracyLines } from '../runs/accuracy-lines.js';
import { resultText } from '../runs/result.js';
import { finishedRun, runToEnd } from '../runs/submit.js';
import { tellData } from '../runs/tell-data.js';
import type { Services } from '../session/services.js';
import { withSession } from '../session/with-session.js';

export interface SearchOptions extends ServiceOptions, DataOptions, OverwriteOptions {
  readonly space: string;
  readonly method: string;
  readonly seed: number;
  readonly epochs?: number;
  readonly batch?: number;
  readonly precision?: string;
  readonly retrainEpochs?: number;
  /** Whether settings that are not given follow from the data. */
  readonly fit: boolean;
  readonly retrainSettings?: string;
  readonly train: boolean;
  readonly out?: string;
}

/** What `oneshot search` does. */
export async function search(options: SearchOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const space = spaceArgument(options.space);
  const profile = nameOrDocument('--method', options.method);
  const retrainSettings = options.retrainSettings === undefined ? {} : readDocument(options.retrainSettings).value;
  const { seed, epochs, batch, precision, retrainEpochs, fit } = options;
  const data = dataSpec(options);
  const again = 'What is done is kept. To go on, give the same command again.';
  const method = typeof profile === 'string' ? profile : String(profile.name ?? profile.method ?? 'profile');
  const file = options.out ?? `${dataLabel(options.data)}-${method}-seed${seed}.onnx`;
  const documents = [documentFile(options.space), documentFile(options.method), options.retrainSettings];
  const rules = overwriteRules(options, [dataFolder(options.data), ...documents]);
  const work = { involvement: 'work', runsAtOnce: 1, onInterrupted: () => again } as const;
  await withSession(options, work, async ({ services, stateFolder }, signal) => {
    const searchSpec = { space, profile, data, seed, fit, ...given({ epochs, batch, precision }) };
    const trainingSpec = (search: Run) => {
      const genotypeId = resultText(search, 'genotypeId');
      // In the width that was searched.
      const searched = search.spec?.space ?? space;
      const own = { space: searched, genotypeId, data, seed, ...given({ epochs: retrainEpochs }) };
      return { fit, ...given({ precision }), ...retrainSettings, ...own };
    };
    // Before minutes of work: a model that lies there already is in the way, unless it is the one
    // that comes of this.
    const digest = () => finishedModel(services, searchSpec, trainingSpec);
    if (options.train) await standingOf([{ path: file, digest }], rules);
    if (stateFolder !== undefined) await tellData(options, output);
    const search = await runToEnd(services, 'search', searchSpec, output, signal);
    const genotype = resultText(search, 'notation') ?? '';
    const stopped = resultText(search, 'stopped');
    if (stopped !== undefined) output.remark(`The search ended after epoch ${search.result?.epochs}: ${stopped}.`);
    if (!options.train) {
      output.result(() => `Genotype: ${genotype}`, { type: 'result', search });
      return;
    }
    output.remark(`Genotype: ${genotype}`);
    const training = await runToEnd(services, 'training', trainingSpec(search), output, signal);
    await writeFiles([artifactFile(file, services, resultText(training, 'onnx') ?? '', signal)], rules, output);
    const text = () => [`Genotype: ${genotype}`, ...accuracyLines(training), `Model: ${file}`].join('\n');
    output.result(text, { type: 'result', search, training, file });
  });
}

/** The fields that have a value. */
function given(fields: Readonly<Record<string, unknown>>): Spec {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}

type Spec = Readonly<Record<string, unknown>>;

/** sha256 of the model that a search and its retraining came to, if both are done. */
async function finishedModel(
  services: Services,
  searchSpec: Spec,
  trainingSpec: (search: Run) => Spec,
): Promise<string | undefined> {
  const search = await finishedRun(services, 'search', searchSpec);
  const training = search && (await finishedRun(services, 'training', trainingSpec(search)));
  return training && resultText(training, 'onnx');
}
