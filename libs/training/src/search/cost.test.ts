import { selectBackend } from '@oneshot/engine';
import { architectureCost, createSpace, ExpectedCost, resolveProfile } from '@oneshot/nas';
import { beforeAll, describe, expect, it } from 'vitest';
import { tinyDataset } from '../testing/tiny-dataset.js';
import { runSearch } from './run-search.js';

const dataset = tinyDataset(8);
const definition = { name: 'nasbench201', cells: 1, channels: 4 };

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));

const search = (method: string, regularizer: object, epochs = 12) =>
  runSearch(
    {
      space: definition,
      profile: {
        method,
        batch: 12,
        augment: { crop: 0, flip: false },
        architecture: { learningRate: 0.2 },
        regularizer: { name: 'cost', ...regularizer },
      },
      epochs,
      data: { name: 'tiny' },
      seed: 1,
    },
    { dataset },
  );

describe('the cost as a term of α’s loss', () => {
  it.each(['darts', 'gdas'])('makes %s find the cheapest architecture when nothing else counts', async (method) => {
    const { genotype } = await search(method, { scale: 1e4 });
    const space = createSpace(definition);
    const target = { input: dataset.image, outputs: 3 };
    const cheapest = architectureCost(space, genotype, target).multiplyAdds;
    const { genotype: plain } = await search(method, { scale: 0 });
    expect(cheapest).toBeLessThan(architectureCost(space, plain, target).multiplyAdds);
    expect(cheapest).toBe(new ExpectedCost(space, target, 'multiplyAdds').at(new Map()).base);
  });

  it('adds nothing below a target that all architectures keep', async () => {
    const [free, none] = [
      await search('darts', { scale: 1e4, target: 1e9 }, 2),
      await search('darts', { scale: 0 }, 2),
    ];
    expect([free.weightsDigest, free.alpha]).toEqual([none.weightsDigest, none.alpha]);
  });

  it('is refused where α does not learn', () => {
    expect(() => resolveProfile({ method: 'spos', regularizer: { name: 'cost' } }, createSpace(definition))).toThrow(
      'cost moves α, which uniform has not',
    );
    expect(() =>
      resolveProfile({ method: 'fairnas', regularizer: { name: 'entropy' } }, createSpace(definition)),
    ).toThrow('entropy moves α, which fair has not');
  });
});
