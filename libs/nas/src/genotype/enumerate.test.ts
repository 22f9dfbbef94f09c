import { describe, expect, it } from 'vitest';
import { createSpace } from '../spaces/space.js';
import { genotypeAt, optionsOf, spaceSize } from './enumerate.js';
import { genotypeIdentity } from './genotype.js';
import { formatGenotype } from './notation.js';

const cells = createSpace('nasbench201');
const toy = createSpace('toy_cell');

describe('architectures of a space that keeps every edge', () => {
  it('are numbered: 15,625 of NAS-Bench-201, 4,096 of the toy cell, no two alike', () => {
    expect([spaceSize(cells), spaceSize(toy)]).toEqual([15_625, 4096]);
    const identities = Array.from({ length: 256 }, (_, index) => genotypeIdentity(genotypeAt(toy, 16 * index)));
    expect(new Set(identities).size).toBe(256);
    expect(formatGenotype(genotypeAt(cells, 3 + 5 * 1))).toBe(
      '|nor_conv_3x3~0|+|skip_connect~0|none~1|+|none~0|none~1|none~2|',
    );
    expect(() => genotypeAt(cells, 15_625)).toThrow('found architecture 15625');
  });

  it('are the options of their choices, there and back', () => {
    for (const index of [0, 1, 4711, 15_624]) {
      const digits = [...(optionsOf(cells, genotypeAt(cells, index)).get('cell') as Int32Array)];
      expect(digits.reduceRight((number, digit) => 5 * number + digit, 0)).toBe(index);
    }
  });

  it('cannot be numbered where a genotype keeps two edges per node', () => {
    expect(() => spaceSize(createSpace('darts'))).toThrow('found darts, of whose edges a genotype keeps two per node');
    expect(() => optionsOf(toy, genotypeAt(cells, 0))).toThrow('cells.normal');
  });
});
