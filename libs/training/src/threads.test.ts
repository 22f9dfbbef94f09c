import { backendInfo, selectBackend } from '@oneshot/engine';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runTraining } from './retrain/run-training.js';
import { runSearch } from './search/run-search.js';
import { tinyDataset } from './testing/tiny-dataset.js';

const toy = { name: 'toy_cell', channels: 3 };

/** One small network of each other space. */
const SPACES = [
  { name: 'robust_darts', subspace: 'S4', cells: 3, channels: 2 },
  { name: 'nasbench1shot1', cells: 3, channels: 2 },
  { name: 'tangle_cell', channels: 2 },
  {
    name: 'conv_macro',
    channels: [
      [2, 4],
      [4, 8],
      [4, 8],
      [8, 16],
    ],
    last: 16,
    hidden: [16],
  },
  { name: 'mobilenetv3', width: 0.25, depths: [1, 2] },
];

/** Digests of a search and of retraining what it found, on the fastest backend there is. */
async function digests(
  method: string,
  threads: number,
  space: object = toy,
  side = 9,
): Promise<readonly (string | null)[]> {
  await selectBackend({ backend: 'auto', threads });
  const dataset = tinyDataset(side);
  const data = { name: 'tiny' };
  const found = await runSearch(
    { space, profile: { method, epochs: 2, batch: 12, augment: { crop: 1 } }, data },
    { dataset },
  );
  const dropPath = space === toy ? {} : { dropPath: 0 };
  const trained = await runTraining(
    { space, genotype: found.notation, data, epochs: 2, batch: 12, augment: { cutout: 3 }, ...dropPath },
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

  it.each(SPACES)('changes no bit in $name', async (space) => {
    for (const method of ['darts', 'gdas']) {
      expect(await digests(method, 2, space, 12)).toEqual(await digests(method, 1, space, 12));
    }
  });
});
