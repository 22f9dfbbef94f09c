import { expect, test } from 'vitest';
import { Failure } from '../failure.js';
import { parseRegistryQuery } from './registry-query.js';

const none = {
  ...{ spaces: [], datasets: [], methods: [], benchmarks: [], campaigns: [], seeds: [], genotypes: [], runs: [] },
};

test('filters are separated by commas; one given twice has two values', () => {
  expect(parseRegistryQuery('registry:')).toEqual(none);
  expect(parseRegistryQuery('registry:space=darts, data = cifar10,method=darts,method=gdas+validity,seed=3')).toEqual({
    ...none,
    ...{ spaces: ['darts'], datasets: ['cifar10'], methods: ['darts', 'gdas+validity'], seeds: [3] },
  });
});

test('everything that is no filter is told at once, with what is allowed', () => {
  const read = () => parseRegistryQuery('registry:spcae=darts,darts,seed=one,data=,constructor=1');
  expect(read).toThrow(Failure);
  try {
    read();
  } catch (error) {
    const faults = error instanceof Failure ? error.faults : [];
    expect(faults.map(({ path, found }) => [path, found])).toEqual([
      ['filter', '"spcae"'],
      ['filter', '"darts"'],
      ['seed', '"one"'],
      ['data', '""'],
      ['filter', '"constructor"'],
    ]);
    expect(faults[0]?.allowed).toContain('space, data, method, benchmark, campaign, seed, genotype, run');
  }
});
