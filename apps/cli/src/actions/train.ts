import { parseGenotype } from '@oneshot/nas';
import type { ServiceOptions } from '../input/common-options.js';
import type { DataOptions } from '../input/data-options.js';
import { dataSpec } from '../input/data-spec.js';
import { nameOrDocument } from '../input/name-or-document.js';
import { readDocument } from '../input/read-document.js';
import { spaceArgument } from '../input/space-argument.js';
import { createOutput } from '../output/output.js';
import { accuracyLines } from '../runs/accuracy-lines.js';
import { costLines } from '../runs/cost-lines.js';
import { findGenotype } from '../runs/find-in-registry.js';
import { resultText } from '../runs/result.js';
import { runToEnd } from '../runs/submit.js';
import { tellData } from '../runs/tell-data.js';
import type { Services } from '../session/services.js';
import { withSession } from '../session/with-session.js';

export interface TrainOptions extends ServiceOptions, DataOptions {
  readonly genotype: string;
  readonly space?: string;
  readonly seed: number;
  readonly epochs?: number;
  readonly batch?: number;
  readonly precision?: string;
  readonly settings?: string;
  /** Whether settings that are not given follow from the data. */
  readonly fit: boolean;
}

/** What `oneshot train` does. */
export async function train(options: TrainOptions): Promise<void> {
  const output = createOutput(options.json === true);
  const settings = options.settings === undefined ? {} : readDocument(options.settings).value;
  const again = 'What is done is kept. To go on, give the same command again.';
  const work = { involvement: 'work', runsAtOnce: 1, onInterrupted: () => again } as const;
  await withSession(options, work, async ({ services, stateFolder }, signal) => {
    const { genotype, spaceName } = await readGenotype(services, options.genotype);
    const space = options.space === undefined ? spaceName : spaceArgument(options.space);
    if (stateFolder !== undefined) await tellData(options, output);
    const spec = {
      fit: options.fit,
      ...settings,
      space,
      genotype,
      data: dataSpec(options),
      seed: options.seed,
      ...(options.epochs === undefined ? {} : { epochs: options.epochs }),
      ...(options.batch === undefined ? {} : { batch: options.batch }),
      ...(options.precision === undefined ? {} : { precision: options.precision }),
    };
    const training = await runToEnd(services, 'training', spec, output, signal);
    const model = resultText(training, 'modelId') ?? '';
    const text = () =>
      [
        ...accuracyLines(training),
        ...costLines(training),
        `Model: ${model}`,
        `To write it as a file: oneshot export ${model.slice(0, 12)}`,
      ].join('\n');
    output.result(text, { type: 'result', training });
  });
}

interface WrittenGenotype {
  readonly genotype: unknown;
  readonly spaceName: string | undefined;
}

/**
 * A genotype by id comes from the registry; anything else is read here for its space, and checked
 * by the trainer.
 */
async function readGenotype(services: Services, text: string): Promise<WrittenGenotype> {
  if (/^[0-9a-f]{4,64}$/.test(text)) {
    const found = await findGenotype(services, text);
    if (found !== undefined) return { genotype: found.genotype, spaceName: found.space };
  }
  const written = nameOrDocument('--genotype', text);
  const genotype = parseGenotype(typeof written === 'string' ? written : JSON.stringify(written));
  return { genotype, spaceName: genotype.space };
}
