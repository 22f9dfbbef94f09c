import { randomStream } from '@oneshot/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSpace } from '../spaces/space.js';
import { genotypeCells, genotypeIdentity } from './genotype.js';
import { formatGenotype, parseGenotype } from './notation.js';
import { randomGenotype } from './random.js';
import { checkGenotype, parseGenotypeJson } from './validate.js';

const spaces = [
  'toy_cell',
  'darts',
  { name: 'darts', nodes: 2, cells: 3 },
  { name: 'darts', cells: 1, nodes: 8 },
  'nasbench201',
].map((space) => createSpace(space));

const anyGenotype = fc
  .tuple(fc.constantFrom(...spaces), fc.nat())
  .map(([space, seed]) => ({ space, genotype: randomGenotype(space, randomStream(seed, 'test')) }));

/** DARTS_V2 of Liu et al. 2019. */
const DARTS_V2 =
  "Genotype(normal=[('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 0), ('sep_conv_3x3', 1), ('sep_conv_3x3', 1), ('skip_connect', 0), ('skip_connect', 0), ('dil_conv_3x3', 2)], normal_concat=[2, 3, 4, 5], reduce=[('max_pool_3x3', 0), ('max_pool_3x3', 1), ('skip_connect', 2), ('max_pool_3x3', 1), ('max_pool_3x3', 0), ('skip_connect', 2), ('skip_connect', 2), ('max_pool_3x3', 1)], reduce_concat=[2, 3, 4, 5])";

describe('genotypes', () => {
  it('are the same after notation and back, and after JSON and back', () => {
    fc.assert(
      fc.property(anyGenotype, ({ space, genotype }) => {
        expect(parseGenotype(formatGenotype(genotype))).toEqual(genotype);
        expect(parseGenotypeJson(JSON.parse(JSON.stringify(genotype)))).toEqual(genotype);
        expect(parseGenotype(JSON.stringify(genotype))).toEqual(genotype);
        checkGenotype(space, genotype);
      }),
      { numRuns: 200 },
    );
  });

  it('have one identity in whatever order edges and states are written', () => {
    const shuffled = DARTS_V2.replace(
      "('sep_conv_3x3', 1), ('skip_connect', 0)",
      "('skip_connect', 0), ('sep_conv_3x3', 1)",
    ).replace('normal_concat=[2, 3, 4, 5]', 'normal_concat=range(2, 6)');
    expect(genotypeIdentity(parseGenotype(shuffled))).toBe(genotypeIdentity(parseGenotype(DARTS_V2)));
    expect(genotypeIdentity(parseGenotype(DARTS_V2))).toMatch(/^[0-9a-f]{64}$/);
  });

  it('of different architectures have different identities', () => {
    fc.assert(
      fc.property(anyGenotype, anyGenotype, ({ genotype: a }, { genotype: b }) => {
        expect(genotypeIdentity(a) === genotypeIdentity(b)).toBe(formatGenotype(a) === formatGenotype(b));
      }),
    );
  });

  it('are printed as the field prints them', () => {
    const text = '|nor_conv_3x3~0|+|none~0|skip_connect~1|+|avg_pool_3x3~0|nor_conv_1x1~1|nor_conv_3x3~2|';
    expect(formatGenotype(parseGenotype(text))).toBe(text);
    expect(formatGenotype(parseGenotype(DARTS_V2))).toBe(DARTS_V2.replaceAll('[2, 3, 4, 5]', 'range(2, 6)'));
  });
});

describe('a genotype that cannot be built is refused with every fault named', () => {
  const darts = createSpace('darts');

  it.each([
    [
      'an edge from a later node',
      DARTS_V2.replace("('sep_conv_3x3', 0)", "('sep_conv_3x3', 4)"),
      'genotype.cells.normal.nodes[0][0].from: node 2 reads state 4, which comes later: a cycle; allowed 0 to 1',
    ],
    [
      'an edge from its own node',
      DARTS_V2.replace("('sep_conv_3x3', 0)", "('sep_conv_3x3', 2)"),
      'node 2 reads itself: a cycle',
    ],
    [
      'an unknown operation',
      DARTS_V2.replace('dil_conv_3x3', 'dil_conv_9x9'),
      'genotype.cells.normal.nodes[3][1].op: unknown operation "dil_conv_9x9"',
    ],
    ['an odd number of edges', DARTS_V2.replace("('dil_conv_3x3', 2)", ''), 'normal: 7 edges do not fill whole nodes'],
    [
      'a state concatenated twice',
      DARTS_V2.replace('[2, 3, 4, 5]', '[2, 3, 4, 4]'),
      'genotype.cells.normal.concat[3]: state 4 stands twice',
    ],
    ['text that is no genotype', 'Genotyp(normal)', 'expected Genotype(normal=…), |op~0|+|…| or JSON'],
    ['broken JSON', '{"space": ', 'not JSON'],
  ])('%s', (_, text, message) => {
    expect(() => parseGenotype(text)).toThrow(message);
  });

  it('one of another space, or with operations, counts and states the space does not have', () => {
    expect(() => checkGenotype(createSpace('nasbench201'), parseGenotype(DARTS_V2))).toThrow(
      'genotype.space: found darts; the space is nasbench201',
    );
    const small = createSpace({ name: 'darts', nodes: 2, primitives: ['skip_connect', 'sep_conv_3x3'] });
    expect(() => checkGenotype(small, parseGenotype(DARTS_V2))).toThrow(
      /nodes: found 4 nodes; the space has 2.*dil_conv_3x3 is not in this space.*concat: found \[2, 3, 4, 5\]/,
    );
    const one = parseGenotype(DARTS_V2);
    expect(() =>
      checkGenotype(darts, { space: 'darts', cells: Object.fromEntries(genotypeCells(one).slice(0, 1)) }),
    ).toThrow('genotype.cells.reduce: missing');
  });
});
