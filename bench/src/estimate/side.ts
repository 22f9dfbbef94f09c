// Estimates one run, or runs it for one epoch, in a process of its own. Prints one line of JSON.
import type { Dataset, DatasetPart } from '@oneshot/data';
import { randomStream, selectBackend } from '@oneshot/engine';
import { estimateSearch, estimateTraining, runSearch, runTraining } from '@oneshot/training';
import { ESTIMATE_CASES } from './cases.js';

/** What the parent process asks for. */
export interface SideRequest {
  readonly name: string;
  readonly side: 'estimate' | 'run';
  /** Steps of the epoch. */
  readonly steps: number;
  readonly threads: number;
}

/** Peak resident bytes, and seconds of the epoch. */
export interface SideAnswer {
  readonly bytes: number | null;
  readonly seconds: number;
}

const image = { height: 32, width: 32, channels: 3 };

function part(count: number, purpose: string): DatasetPart {
  const size = image.height * image.width * image.channels;
  const images = new Uint8Array(count * size);
  // One image's numbers at a time, so that making the data set leaves nothing behind.
  for (let index = 0; index < count; index++) {
    images.set(
      randomStream(0, purpose, index)
        .uniform(size)
        .map((value) => Math.floor(256 * value)),
      index * size,
    );
  }
  return { image, count, images, labels: Int32Array.from({ length: count }, (_, index) => index % 10) };
}

async function answer({ name, side, steps, threads }: SideRequest): Promise<SideAnswer> {
  const found = ESTIMATE_CASES.find((candidate) => candidate.name === name);
  if (found === undefined) throw new RangeError(`unknown case "${name}"`);
  const { kind, spec, batch } = found;
  const classes = Array.from({ length: 10 }, (_, index) => `class ${index}`);
  const dataset: Dataset = {
    name: 'noise',
    image,
    classes,
    train: part(steps * batch * (kind === 'search' ? 2 : 1), 'train'),
    test: part(batch, 'test'),
    mean: [0.5, 0.5, 0.5],
    std: [0.29, 0.29, 0.29],
    digest: 'noise',
    source: 'made by the measurement',
  };
  const input = { ...spec, data: { name: dataset.name }, batch, epochs: 1 };
  await selectBackend({ threads });
  if (side === 'estimate') {
    const estimate = kind === 'search' ? await estimateSearch(input, dataset) : await estimateTraining(input, dataset);
    return { bytes: estimate?.peakBytes ?? null, seconds: estimate?.secondsPerEpoch ?? Number.NaN };
  }
  let seconds = Number.NaN;
  const checkpoints = { load: async () => null, save: async () => undefined };
  const onEpoch = (_record: unknown, time: number) => {
    seconds = time;
  };
  if (kind === 'search') await runSearch(input, { dataset, checkpoints, onEpoch });
  else await runTraining(input, { dataset, checkpoints, onEpoch });
  return { bytes: process.resourceUsage().maxRSS * 1024, seconds };
}

console.log(JSON.stringify(await answer(JSON.parse(process.argv[2] ?? '{}'))));
