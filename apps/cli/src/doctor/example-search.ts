import { availableParallelism } from 'node:os';
import { openDataset } from '@oneshot/data';
import { selectBackend } from '@oneshot/engine';
import { estimateSearch, memoryLimitBytes } from '@oneshot/training';
import { failureFrom } from '../failure-from.js';
import { secondsText } from '../output/duration.js';
import { sizeText } from '../output/size.js';
import type { Finding } from './finding.js';

/** A search of the example campaign. */
const EXAMPLE = {
  space: { name: 'toy_cell', channels: 8 },
  profile: 'darts',
  data: { name: 'fashion-mnist-sample' },
  batch: 64,
};

/**
 * What a search of the example takes on this machine: memory beside what there is, and time from a
 * few steps.
 */
export async function exampleSearchFinding(): Promise<Finding> {
  const what = 'a search';
  try {
    // One thread, as a worker has.
    await selectBackend({ threads: 1 });
    const estimate = await estimateSearch(EXAMPLE, await openDataset(EXAMPLE.data.name));
    if (estimate === null) throw new Error('nothing is trained');
    const { peakBytes, secondsPerEpoch } = estimate;
    const time = `${secondsText(secondsPerEpoch)} per epoch for one of \`npm run demo\``;
    if (peakBytes === null) return { what, found: time, state: 'well' };
    const limit = memoryLimitBytes();
    const beside = Math.floor(limit / peakBytes);
    const workers = availableParallelism();
    const found = `${sizeText(peakBytes)} at the peak, ${time}; this machine allows ${sizeText(limit)}`;
    if (beside >= workers) return { what, found, state: 'well' };
    return { what, found, state: 'note', advice: `Take fewer workers: --workers ${Math.max(1, beside)}.` };
  } catch (error) {
    return {
      what,
      found: failureFrom(error).message,
      state: 'note',
      advice: 'Nothing can be expected of searches here until the other problems are solved.',
    };
  }
}
