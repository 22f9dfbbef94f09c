import { readFileSync } from 'node:fs';
import { selectBackend } from '@oneshot/engine';
import { createSpace, genotypeFaults, genotypeIdentity, selectionOf } from '@oneshot/nas';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { runSearch } from '../search/run-search.js';
import { tinyDataset } from '../testing/tiny-dataset.js';
import { stageSelectors } from './stage-selectors.js';
import './all.gen.js';

const small = tinyDataset(8);
const middle = tinyDataset(16);
const large = tinyDataset(32);

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));

/** Little of everything. */
const frugal: Readonly<Record<string, object>> = {
  validity: { candidates: 3, images: 12 },
  random_search: { candidates: 3, images: 12 },
  top_probability: { candidates: 3, images: 12 },
  evolution: { population: 4, generations: 1, parents: 2, images: 12 },
  regularised_evolution: { population: 3, cycles: 5, sample: 2, images: 12 },
  perturbation: { tune: 0, images: 12 },
  magnitude: {},
};

const everySelector = stageSelectors.names().map((name) => ({ name, ...(frugal[name] ?? { candidates: 2 }) }));

const profile = (method: string) => ({ method, batch: 12, augment: { crop: 0, flip: false } });

const spaces = [
  { space: { name: 'nasbench201', cells: 1, channels: 2 }, dataset: small },
  { space: { name: 'darts', cells: 3, channels: 2, nodes: 3 }, dataset: small },
  { space: { name: 'robust_darts', subspace: 'S3', cells: 3, channels: 2 }, dataset: small },
  { space: { name: 'nasbench1shot1', subspace: 1, cells: 1, channels: 2 }, dataset: small },
  {
    space: { name: 'conv_macro', kernels: [3, 5], channels: Array(4).fill([2, 3]), last: 2, hidden: [4] },
    dataset: middle,
  },
  { space: { name: 'mobilenetv3', kernels: [3, 5], expansions: [3, 4], depths: [1, 2], width: 0.25 }, dataset: large },
];

test('docs/spaces-and-methods.md lists every selector that runs the supernet, and no other', () => {
  const text = readFileSync(new URL('../../../../docs/spaces-and-methods.md', import.meta.url), 'utf8');
  const section = text.split(/^## /m).find((part) => part.startsWith('Selectors that run the supernet\n')) ?? '';
  const listed = [...section.matchAll(/^\| `(\w+)` /gm)].map(([, name = '']) => name);
  expect(listed.sort()).toEqual([...stageSelectors.names()].sort());
});

describe('selectors on a trained supernet', () => {
  it.each(spaces)(
    'all read architectures of $space.name off, the same every time, and leave it as it is',
    async ({ space: definition, dataset }) => {
      const space = createSpace(definition);
      const spec = { space: definition, profile: profile('darts'), epochs: 1, data: { name: 'tiny' }, seed: 1 };
      const found = await runSearch({ ...spec, selectors: everySelector }, { dataset });
      expect(found.selections?.map(({ selector }) => selector)).toEqual(everySelector.map(({ name }) => name));
      for (const { genotype } of found.selections ?? []) expect(genotypeFaults(space, genotype)).toEqual([]);
      const again = await runSearch({ ...spec, selectors: [...everySelector].reverse() }, { dataset });
      const byName = (result: typeof found) =>
        Object.fromEntries((result.selections ?? []).map((each) => [each.selector, each.genotypeId]));
      expect(byName(again)).toEqual(byName(found));
      expect([again.weightsDigest, again.genotypeId]).toEqual([found.weightsDigest, found.genotypeId]);
    },
    120_000,
  );

  it.each(['gdas', 'drnas', 'pcdarts', 'fairdarts'])(
    'read architectures off what %s has learned',
    async (method) => {
      const definition = { name: 'darts', cells: 3, channels: 4, nodes: 2 };
      const { selections = [] } = await runSearch(
        { space: definition, profile: profile(method), epochs: 1, data: { name: 'tiny' }, selectors: everySelector },
        { dataset: small },
      );
      for (const { genotype } of selections) expect(genotypeFaults(createSpace(definition), genotype)).toEqual([]);
      expect(selections).toHaveLength(everySelector.length);
    },
    120_000,
  );
});

/** A supernet that has learned to tell the classes apart. */
const learned = (selectors: readonly object[]) =>
  runSearch(
    {
      space: { name: 'nasbench201', cells: 1, channels: 4 },
      profile: {
        ...profile('random'),
        name: 'spos',
        sampler: { name: 'uniform' },
        weights: { learningRate: { from: 0.1, to: 0.01 } },
      },
      epochs: 6,
      data: { name: 'tiny' },
      seed: 2,
      selectors,
    },
    { dataset: small },
  );

describe('searching among inherited weights', () => {
  it('finds better ones the more it measures, at random or by evolution', async () => {
    const { selections = [] } = await learned([
      { name: 'random_search', candidates: 120 },
      { name: 'evolution', population: 20, generations: 5, parents: 5 },
      { name: 'regularised_evolution', population: 20, cycles: 120, sample: 5 },
      { name: 'validity', candidates: 3 },
    ]);
    const [random, evolution, regularised, few] = selections.map(({ validationAccuracy = 0 }) => validationAccuracy);
    expect(evolution).toBeGreaterThan(few ?? 1);
    expect(regularised).toBeGreaterThan(few ?? 1);
    expect(random).toBeGreaterThan(few ?? 1);
  });

  it('keeps to what an architecture may cost, and says when none does', async () => {
    const limits = { population: 6, generations: 2, parents: 3, images: 12, parameters: 6400 };
    const { selections = [] } = await learned([{ name: 'evolution', ...limits }]);
    const space = createSpace({ name: 'nasbench201', cells: 1, channels: 4 });
    const kept = [...selectionOf(space, selections[0]?.genotype ?? { space: '', picks: {} }).values()].flat();
    // A 3×3 convolution of four channels has 144 weights, of 8 and 16 in the later cells 576 and
    // 2304.
    expect(kept.filter((option) => option === 'nor_conv_3x3').length).toBeLessThan(2);
    await expect(learned([{ name: 'evolution', ...limits, parameters: 10 }])).rejects.toThrow(
      'selectors.parameters: found 10, which none of 10000 architectures drawn keeps',
    );
  });
});

describe('selection by perturbation', () => {
  it('keeps the operation that is missed, and tunes what is left', async () => {
    const spec = {
      space: { name: 'nasbench201', cells: 1, channels: 4, primitives: ['none', 'nor_conv_3x3'] },
      profile: { ...profile('darts'), weights: { learningRate: { from: 0.2, to: 0.05 } } },
      epochs: 8,
      data: { name: 'tiny' },
      seed: 4,
      selectors: [{ name: 'perturbation', tune: 0, criterion: 'loss' }],
    };
    const plain = await runSearch(spec, { dataset: small });
    // Without any convolution nothing is told apart: some edge into the last node must keep one.
    expect(plain.selections?.[0]?.notation).toContain('nor_conv_3x3');
    const tuned = await runSearch(
      { ...spec, selectors: [{ name: 'perturbation', tune: 1, criterion: 'loss' }] },
      { dataset: small },
    );
    expect(tuned.weightsDigest).toBe(plain.weightsDigest);
    expect(genotypeIdentity(tuned.genotype)).toBe(genotypeIdentity(plain.genotype));
  }, 60_000);
});
