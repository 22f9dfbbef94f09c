import { createSpace } from '@oneshot/nas';
import { describe, expect, it } from 'vitest';
import { publishedScores, publishedTable } from '../published/catalogue.js';
import { DARTS_BENCH_SUITE, dartsBenchmark } from './darts-bench.js';
import { supernetParameters } from './parameters.js';
import { HYPERPARAMETER_SETS, SEARCH_SETTINGS, SUITE_METHODS, SUITE_PROTOCOL } from './protocol.js';

const optionsOf = (space: unknown) => createSpace(space).groups[0]?.options ?? [];

describe('DARTS-Bench-Suite', () => {
  it('has nine benchmarks: three sizes with three sets of operations', () => {
    expect(DARTS_BENCH_SUITE.map(({ name }) => name)).toEqual([
      'deep/all-skip',
      'deep/no-skip',
      'deep/regular',
      'single-cell/all-skip',
      'single-cell/no-skip',
      'single-cell/regular',
      'wide/all-skip',
      'wide/no-skip',
      'wide/regular',
    ]);
  });

  it('has 14 edges per cell, 44 in the single cell, as table 1 says', () => {
    for (const { variant, space } of DARTS_BENCH_SUITE) {
      for (const group of createSpace(space).groups) {
        expect(group.choices.length).toBe(variant === 'single-cell' ? 44 : 14);
      }
    }
  });

  it('has no skip connection where it says so', () => {
    for (const { operationSet, space } of DARTS_BENCH_SUITE) {
      expect(optionsOf(space).includes('skip_connect')).toBe(operationSet !== 'no-skip');
      expect(optionsOf(space).length).toBe(operationSet === 'no-skip' ? 7 : 8);
    }
  });

  it('has supernets of 0.9 to 1.6 million parameters where the paper says about one, but 0.3 million as a single normal cell', () => {
    const counts = Object.fromEntries(
      DARTS_BENCH_SUITE.map((benchmark) => [benchmark.name, supernetParameters(benchmark)]),
    );
    expect(counts).toEqual({
      'deep/all-skip': 970_224,
      'deep/no-skip': 931_024,
      'deep/regular': 938_864,
      'single-cell/all-skip': 303_560,
      'single-cell/no-skip': 303_560,
      'single-cell/regular': 303_560,
      'wide/all-skip': 1_606_528,
      'wide/no-skip': 1_347_328,
      'wide/regular': 1_399_168,
    });
  });

  it('is what the published results are about', () => {
    const names = publishedTable('confopt/13').rows.map(({ labels }) => labels.benchmark);
    expect(DARTS_BENCH_SUITE.map(({ publishedAs }) => publishedAs)).toEqual(names);
    const { scores } = publishedScores([publishedTable('confopt/2')], 'mean test accuracy');
    expect(SUITE_METHODS.map(({ publishedAs }) => publishedAs).sort()).toEqual(
      scores.map(({ method }) => method).sort(),
    );
  });

  it('retrains 63 architectures under nine hyperparameter sets', () => {
    expect(HYPERPARAMETER_SETS.map(({ name }) => name)).toEqual([
      'HP1',
      'HP2',
      'HP3',
      'HP4',
      'HP5',
      'HP6',
      'HP7',
      'HP8',
      'HP9',
    ]);
    expect(HYPERPARAMETER_SETS[5]).toEqual({ name: 'HP6', learningRate: 0.1, weightDecay: 1e-3 });
    expect(DARTS_BENCH_SUITE.length * SUITE_METHODS.length * HYPERPARAMETER_SETS.length).toBe(567);
    expect(SUITE_PROTOCOL.seeds.length).toBe(3);
    expect(SEARCH_SETTINGS.gdas.batch.deep).toBe(320);
  });

  it('names what it does not have', () => {
    expect(() => dartsBenchmark('tall/regular')).toThrow('benchmark: found "tall/regular", allowed is deep/all-skip');
  });
});
