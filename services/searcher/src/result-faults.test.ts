import { randomStream } from '@oneshot/engine';
import { canonicalDigest, createSpace, formatGenotype, genotypeIdentity, randomGenotype } from '@oneshot/nas';
import { expect, test } from 'vitest';
import { searchResultFaults } from './result-faults.js';

const digest = canonicalDigest('anything');
const spec = { space: 'nasbench201', profile: 'random', data: { name: 'fashion-mnist-sample' }, seed: 0 };
const genotype = randomGenotype(createSpace(spec.space), randomStream(0, 'test'));
const selection = { genotype, genotypeId: genotypeIdentity(genotype), notation: formatGenotype(genotype) };
const whole = {
  ...selection,
  validationLoss: null,
  weightsDigest: null,
  dataDigest: digest,
  splitDigest: null,
  parameters: 0,
  history: digest,
  checkpoint: null,
  seconds: 0.1,
};

const pathsOf = (result: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  searchResultFaults(result, { ...spec, ...more }).map(({ path }) => path);

test('a search may have any result its workers give, and fields that came later', () => {
  expect(pathsOf(whole)).toEqual([]);
  expect(pathsOf({ ...whole, validationLoss: 2.3, weightsDigest: digest, splitDigest: digest, new: 1 })).toEqual([]);
  const selections = [{ ...selection, selector: 'magnitude' }];
  expect(pathsOf({ ...whole, selections }, { selectors: ['magnitude'] })).toEqual([]);
});

test('every field of a search result that is missing or wrong is named', () => {
  const { history: _, ...without } = whole;
  expect(pathsOf({ ...without, parameters: -1, checkpoint: 'abc', validationLoss: 'low' })).toEqual([
    'validationLoss',
    'parameters',
    'history',
    'checkpoint',
  ]);
});

test('a search result needs a genotype of the space searched, under its own identity, and what its spec asked for', () => {
  const other = createSpace('toy_cell');
  expect(pathsOf({ ...whole, genotype: randomGenotype(other, randomStream(0, 'test')) })).not.toEqual([]);
  expect(pathsOf({ ...whole, genotypeId: digest })).toEqual(['genotypeId']);
  expect(pathsOf(whole, { selectors: ['magnitude', 'validity'], assess: {} })).toEqual([
    'selections',
    'selections',
    'assessment',
  ]);
});
