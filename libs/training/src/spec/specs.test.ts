import { randomStream } from '@oneshot/engine';
import { createSpace, randomGenotype } from '@oneshot/nas';
import { describe, expect, it } from 'vitest';
import { parseSearchSpec, searchRunId } from './search-spec.js';
import { parseTrainingSpec } from './training-spec.js';

const search = { space: 'toy_cell', profile: 'darts', data: { name: 'fashion-mnist' }, seed: 1 };

describe('search specs', () => {
  it('have one identity, whether defaults are written out or not', () => {
    const short = parseSearchSpec(search);
    expect(searchRunId(parseSearchSpec(structuredClone(short)))).toBe(searchRunId(short));
    expect(searchRunId(parseSearchSpec({ ...search, space: { name: 'toy_cell', channels: 16 } }))).toBe(
      searchRunId(short),
    );
    expect(searchRunId(parseSearchSpec({ ...search, seed: 2 }))).not.toBe(searchRunId(short));
  });

  it('take epochs and batch for what trains, and leave random alone', () => {
    expect(parseSearchSpec({ ...search, epochs: 3, batch: 32 }).profile).toMatchObject({ epochs: 3, batch: 32 });
    expect(parseSearchSpec({ ...search, profile: 'random', epochs: 3 }).profile.epochs).toBe(0);
  });

  it('let α rest for the same share of the epochs when these change, unless the profile says how long', () => {
    const frozen = (profile: unknown, epochs: number) =>
      parseSearchSpec({ ...search, profile, epochs }).profile.architecture.frozenEpochs;
    expect(frozen('pcdarts', 10)).toBe(3);
    expect(frozen('pcdarts', 1)).toBe(0);
    expect(frozen({ method: 'pcdarts', architecture: { frozenEpochs: 2 } }, 10)).toBe(2);
    expect(() => frozen({ method: 'pcdarts', architecture: { frozenEpochs: 15 } }, 10)).toThrow(
      'profile.architecture.frozenEpochs: found 15; at most 9',
    );
  });

  it('are refused where a mutation does not fit the space', () => {
    expect(() => parseSearchSpec({ ...search, space: { name: 'toy_cell', channels: 3 }, profile: 'pcdarts' })).toThrow(
      "profile.mutations[0].keep: found 4, more than the 3 channels of the space's first cell; allowed: 2 to 3",
    );
  });

  it('are refused with the faults of space, profile, data and seed at once', () => {
    const wrong = { space: 'darst', profile: { method: 'dartz', batch: 0 }, data: { nam: 'x' }, seed: -1, extra: true };
    expect(() => parseSearchSpec(wrong)).toThrow(
      /data\.name.*data\.nam: unknown field.*seed.*extra: unknown field.*space\.name: unknown space "darst".*profile\.method: unknown method "dartz".*profile\.batch/,
    );
    expect(() => parseSearchSpec(null)).toThrow('space');
  });
});

describe('training specs', () => {
  const genotype = '|nor_conv_3x3~0|+|none~0|skip_connect~1|+|avg_pool_3x3~0|nor_conv_1x1~1|nor_conv_3x3~2|';
  const training = { space: 'nasbench201', genotype, data: { name: 'cifar10' } };

  it('take a genotype in any form', () => {
    const parsed = parseTrainingSpec(training);
    expect(parseTrainingSpec({ ...training, genotype: parsed.genotype })).toEqual(parsed);
    expect(parsed).toMatchObject({ epochs: 600, batch: 96, dropPath: 0.2, auxiliary: 0, augment: { cutout: 16 } });
  });

  it('are refused with a cycle, a foreign genotype, or wrong fields, all at once', () => {
    expect(() =>
      parseTrainingSpec({ ...training, genotype: genotype.replace('skip_connect~1', 'skip_connect~2'), epochs: 0 }),
    ).toThrow(/epochs.*node 2 reads itself: a cycle/);
    expect(() => parseTrainingSpec({ ...training, space: 'darts' })).toThrow('found nasbench201; the space is darts');
    expect(() => parseTrainingSpec({ ...training, weights: { learningRate: { from: 0.1, to: 0.2 } } })).toThrow(
      'weights.learningRate.to: found 0.2; at most learningRate.from, 0.1',
    );
  });

  it('has no paths to drop and no auxiliary head where networks have no place for them, and says so of what is written', () => {
    const space = { name: 'conv_macro' };
    const genotype = randomGenotype(createSpace(space), randomStream(1, 'test'));
    const spec = { space, genotype, data: { name: 'tiny' } };
    expect(parseTrainingSpec(spec).dropPath).toBe(0);
    expect(() => parseTrainingSpec({ ...spec, dropPath: 0.1, auxiliary: 0.4 })).toThrow(
      /dropPath: found 0.1; networks of conv_macro have no paths to drop; allowed: 0.*auxiliary: found 0.4; networks of conv_macro have no place/,
    );
  });
});
