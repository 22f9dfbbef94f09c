import type { ServiceOptions } from '../input/common-options.js';
import type { DataOptions } from '../input/data-options.js';
import { dataLabel, dataSpec } from '../input/data-spec.js';
import { nameOrDocument } from '../input/name-or-document.js';
import { readDocument } from '../input/read-document.js';
import { createOutput } from '../output/output.js';
import { fetchArtifact } from '../runs/fetch-artifact.js';
import { resultNumber, resultText } from '../runs/result.js';
import { runToEnd } from '../runs/submit.js';
import { withSession } from '../session/with-session.js';

export interface SearchOptions extends ServiceOptions, DataOptions {
  readonly space: string;
  readonly method: string;
  readonly seed: number;
  readonly epochs: number;
  readonly batch?: number;
  readonly retrainEpochs: number;
  readonly retrainSettings?: string;
  readonly train: boolean;
  readonly out?: string;
}

/** What `oneshot search` does. */
export async function search(options: SearchOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const space = nameOrDocument('--space', options.space);
  const profile = nameOrDocument('--method', options.method);
  const retrainSettings = options.retrainSettings === undefined ? {} : readDocument(options.retrainSettings).value;
  const { seed, epochs, batch } = options;
  const data = dataSpec(options);
  const again = 'What is done is kept. To go on, give the same command again.';
  const work = { involvement: 'work', runsAtOnce: 1, onInterrupted: () => again } as const;
  await withSession(options, work, async ({ services }, signal) => {
    const searchSpec = { space, profile, data, seed, epochs, ...(batch === undefined ? {} : { batch }) };
    const search = await runToEnd(services, 'search', searchSpec, output, signal);
    const genotype = resultText(search, 'notation') ?? '';
    if (!options.train) {
      output.result(() => `Genotype: ${genotype}`, { type: 'result', search });
      return;
    }
    output.remark(`Genotype: ${genotype}`);
    const genotypeId = resultText(search, 'genotypeId');
    const trainingSpec = { ...retrainSettings, space, genotypeId, data, seed, epochs: options.retrainEpochs };
    const training = await runToEnd(services, 'training', trainingSpec, output, signal);
    const method = typeof profile === 'string' ? profile : String(profile.name ?? profile.method ?? 'profile');
    const file = options.out ?? `${dataLabel(options.data)}-${method}-seed${seed}.onnx`;
    await fetchArtifact(services, resultText(training, 'onnx') ?? '', file, signal);
    const accuracy = resultNumber(training, 'testAccuracy');
    const text = () =>
      [
        `Genotype: ${genotype}`,
        ...(accuracy === undefined ? [] : [`Test accuracy: ${(100 * accuracy).toFixed(2)} %`]),
        `Model: ${file}`,
      ].join('\n');
    output.result(text, { type: 'result', search, training, file });
  });
}
