import { selectBackend } from '@oneshot/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { runSearch } from '../search/run-search.js';
import { parseSearchSpec } from '../spec/search-spec.js';
import { memoryStore } from '../testing/memory-store.js';
import { tinyDataset } from '../testing/tiny-dataset.js';

const dataset = tinyDataset(8);

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));

const evolution = { name: 'evolution', population: 4, generations: 2, parents: 2 };
const spec = (changes: object = {}, selectors?: readonly unknown[]) => ({
  space: { name: 'nasbench201', cells: 1, channels: 2 },
  profile: {
    method: 'spos',
    epochs: 2,
    batch: 8,
    augment: { crop: 0, flip: false },
    weights: { learningRate: { from: 0.1 } },
    finalSelector: evolution,
    ...changes,
  },
  data: { name: 'tiny' },
  seed: 4,
  ...(selectors && { selectors }),
});

describe('a final selector', () => {
  it('reads off what the search found; the weights stay what they were', async () => {
    const found = await runSearch(spec({}, [evolution, 'magnitude']), { dataset });
    const [alone, own] = found.selections ?? [];
    expect(found.genotypeId).toBe(alone?.genotypeId);
    expect(own?.genotypeId).toBe(found.genotypeId);
    expect(alone?.validationAccuracy).toBeGreaterThan(1 / 3);
    const drawn = await runSearch(spec({ finalSelector: { name: 'magnitude' } }), { dataset });
    expect(drawn.weightsDigest).toBe(found.weightsDigest);
    expect(drawn.notation).toBe(drawn.history.at(-1)?.genotype);
  });

  it('chooses the same after an interruption in the middle of it', async () => {
    const whole = await runSearch(spec(), { dataset });
    const checkpoints = memoryStore();
    const controller = new AbortController();
    const onEpoch = ({ epoch }: { epoch: number }) => {
      if (epoch === 2) controller.abort();
    };
    const run = runSearch(spec(), { dataset, checkpoints, signal: controller.signal, onEpoch });
    await expect(run).rejects.toThrow('cancelled');
    expect((await runSearch(spec(), { dataset, checkpoints })).genotypeId).toBe(whole.genotypeId);
  });

  it.each([
    [{ finalSelector: { name: 'evolve' } }, 'profile.finalSelector.name: found "evolve"; allowed: '],
    [{ finalSelector: { name: 'evolution', population: 1 } }, 'profile.finalSelector.population'],
  ])('is refused where it is none: %j', (changes, message) => {
    expect(() => parseSearchSpec(spec(changes))).toThrow(message);
  });

  it('has its defaults filled in, and leaves profiles without one as they are', () => {
    const { profile } = parseSearchSpec({ ...spec(), profile: 'spos' });
    expect(profile.finalSelector).toMatchObject({ name: 'evolution', population: 50, generations: 20 });
    expect(parseSearchSpec({ ...spec(), profile: 'darts' }).profile).not.toHaveProperty('finalSelector');
  });
});
