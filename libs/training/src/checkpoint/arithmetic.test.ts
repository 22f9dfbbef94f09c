import { backendInfo, currentArithmetic, selectBackend } from '@oneshot/engine';
import { needs } from '@oneshot/test/needs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runSearch, type SearchDependencies, type SearchResult } from '../search/run-search.js';
import { memoryStore } from '../testing/memory-store.js';
import { tinyDataset } from '../testing/tiny-dataset.js';
import type { CheckpointStore } from './store.js';

const dataset = tinyDataset(8);
const spec = {
  space: { name: 'toy_cell', channels: 4 },
  profile: { method: 'darts', epochs: 2, batch: 12, architecture: { frozenEpochs: 0 } },
  data: { name: 'tiny' },
  seed: 3,
};

const search = (more: Partial<SearchDependencies> = {}): Promise<SearchResult> => runSearch(spec, { dataset, ...more });

/** What a search leaves that was stopped after its first epoch. */
async function stopped(): Promise<CheckpointStore> {
  const checkpoints = memoryStore();
  const controller = new AbortController();
  const onEpoch = (): void => controller.abort();
  await expect(search({ checkpoints, signal: controller.signal, onEpoch })).rejects.toThrow('cancelled');
  return checkpoints;
}

await selectBackend();
const best = backendInfo();

describe('a run that is resumed', needs('the native engine', best.name === 'native'), () => {
  let scalar: SearchResult;
  let left: CheckpointStore;

  beforeAll(async () => {
    await selectBackend({ simd: 'scalar', threads: 1 });
    scalar = await search();
    left = await stopped();
  });
  afterAll(async () => {
    await selectBackend();
  });

  it('tells what it was computed with', () => {
    expect(scalar.arithmetic).toEqual([{ backend: 'native', simd: 'scalar', engine: '0.1.0' }]);
  });

  it('goes over to the arithmetic of its checkpoint where this machine has it, and ends with the same bits', async () => {
    await selectBackend();
    const told: string[] = [];
    const resumed = await search({ checkpoints: left, onArithmetic: (sentence) => told.push(sentence) });
    expect(resumed.weightsDigest).toBe(scalar.weightsDigest);
    expect(resumed.arithmetic).toEqual(scalar.arithmetic);
    expect(told).toEqual(
      best.simd === 'scalar'
        ? []
        : [
            'The run goes on with native scalar, engine 0.1.0, as its checkpoint was computed with native scalar, engine 0.1.0.',
          ],
    );
  });

  it('is refused on a backend that was asked for and is another', async () => {
    await selectBackend({ backend: 'reference' });
    await expect(search({ checkpoints: await copyOf(left) })).rejects.toMatchObject({
      code: 'other_arithmetic',
      message:
        'arithmetic: found reference, engine 0.1.0; its checkpoint was computed with native scalar, engine 0.1.0, and bits are the ' +
        'same with the same arithmetic only. Go on where there is such, or with --accept-other-arithmetic to other bits than an ' +
        'undisturbed run',
    });
  });

  it('goes on with another where that is accepted, and tells both', async () => {
    await selectBackend({ backend: 'reference' });
    await selectBackend({ backend: 'native', simd: 'scalar' });
    const checkpoints = await stopped();
    await selectBackend({ backend: 'reference' });
    const resumed = await search({ checkpoints, acceptOtherArithmetic: true });
    expect(resumed.arithmetic).toEqual([...scalar.arithmetic, currentArithmetic()]);
  });
});

/** The same bytes in a store of their own. */
async function copyOf(store: CheckpointStore): Promise<CheckpointStore> {
  const copy = memoryStore();
  await copy.save((await store.load()) ?? new Uint8Array());
  return copy;
}
