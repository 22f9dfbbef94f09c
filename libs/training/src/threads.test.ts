import { backendInfo, selectBackend } from '@oneshot/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTraining } from './retrain/run-training.js';
import { runSearch } from './search/run-search.js';
import { tinyDataset } from './testing/tiny-dataset.js';

const dataset = tinyDataset(9);

/** Digests of a search and of retraining what it found, on the fastest backend there is. */
async function digests(method: string, threads: number): Promise<readonly (string | null)[]> {
  await selectBackend({ backend: 'auto', threads });
  const space = { name: 'toy_cell', channels: 3 };
  const data = { name: 'tiny' };
  const found = await runSearch(
    { space, profile: { method, epochs: 2, batch: 12, augment: { crop: 1 } }, data },
    { dataset },
  );
  const trained = await runTraining(
    { space, genotype: found.genotype, data, epochs: 2, batch: 12, augment: { cutout: 3 } },
    { dataset },
  );
  return [found.genotypeId, found.weightsDigest, trained.weightsDigest];
}

describe('the number of threads', () => {
  let before: ReturnType<typeof backendInfo>;
  beforeAll(() => {
    before = backendInfo();
  });
  afterAll(async () => {
    await selectBackend({ backend: before.name, threads: before.threads });
  });

  it.each(['darts', 'gdas', 'drnas'])(
    'changes no bit of a %s search and of the retraining after it',
    async (method) => {
      expect(await digests(method, 2)).toEqual(await digests(method, 1));
    },
  );
});
