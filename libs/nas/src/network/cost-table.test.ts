import { randomStream } from '@oneshot/engine';
import { describe, expect, it } from 'vitest';
import { randomGenotype } from '../genotype/random.js';
import { selectionOf } from '../genotype/selection-of.js';
import { createSpace, type Space } from '../spaces/space.js';
import { architectureCost } from './cost.js';
import { ExpectedCost, type LinearCost } from './cost-table.js';

const target = { input: { height: 32, width: 32, channels: 3 }, outputs: 10 };

/** The cost that the table gives an architecture: weight 1 on what it keeps. */
function told(space: Space, { base, added }: LinearCost, kept: ReadonlyMap<string, readonly string[]>): number {
  return space.choices.reduce((total, { id, group, row, options }) => {
    const table = added.get(group) ?? new Float32Array(0);
    return (kept.get(id) ?? []).reduce(
      (sum, option) => sum + (table[row * options.length + options.indexOf(option)] ?? 0),
      total,
    );
  }, base);
}

describe('the expected cost', () => {
  it.each(['multiplyAdds', 'parameters'] as const)('is every architecture’s own %s where edges add up', (measure) => {
    for (const name of ['nasbench201', 'toy_cell']) {
      const space = createSpace({ name, channels: 4 });
      const table = new ExpectedCost(space, target, measure).at(new Map());
      for (let draw = 0; draw < 8; draw++) {
        const genotype = randomGenotype(space, randomStream(1, name, draw));
        const cost = architectureCost(space, genotype, target)[measure];
        expect(told(space, table, selectionOf(space, genotype)) / cost).toBeCloseTo(1, 5);
      }
    }
  });

  it('ranks the operations of an edge by what they cost where two edges a node are kept', () => {
    const space = createSpace({ name: 'darts', cells: 3, channels: 4 });
    const { added } = new ExpectedCost(space, target, 'multiplyAdds').at(new Map());
    for (const { group, row, options } of space.choices) {
      const cost = (option: string) => added.get(group)?.[row * options.length + options.indexOf(option)] ?? Number.NaN;
      expect(cost('none')).toBe(0);
      expect(Math.min(...options.map(cost))).toBe(0);
      expect(cost('sep_conv_5x5')).toBeGreaterThan(cost('sep_conv_3x3'));
      expect(cost('sep_conv_3x3')).toBeGreaterThan(cost('dil_conv_3x3'));
      expect(cost('dil_conv_3x3')).toBeGreaterThan(cost('max_pool_3x3'));
    }
  });

  it.each([
    {
      name: 'conv_macro',
      kernels: [3, 5],
      channels: [
        [2, 3],
        [2, 3],
        [3, 4],
        [3, 4],
      ],
      last: 2,
      hidden: [4],
    },
    { name: 'nasbench1shot1', subspace: 1, cells: 1, channels: 4 },
    { name: 'mobilenetv3', kernels: [3, 5], expansions: [3, 4], depths: [1, 2], width: 0.25 },
  ])('of $name is exact at the likeliest architecture and one decision away', (definition) => {
    const space = createSpace(definition);
    const genotype = randomGenotype(space, randomStream(3, 'likeliest'));
    const kept = selectionOf(space, genotype);
    const weights = new Map(
      space.groups.map(({ name, choices, options }) => {
        const values = new Float32Array(choices.length * options.length).fill(0.1);
        for (const { id, row, options: own } of choices) {
          for (const option of kept.get(id) ?? []) values[row * options.length + own.indexOf(option)] = 0.9;
        }
        return [name, values] as const;
      }),
    );
    const { base, added } = new ExpectedCost(space, target, 'multiplyAdds').at(weights);
    expect(base).toBe(architectureCost(space, genotype, target).multiplyAdds);
    for (const { group, row, id, options } of space.choices) {
      for (const option of kept.get(id) ?? []) {
        expect(added.get(group)?.[row * options.length + options.indexOf(option)], id).toBe(0);
      }
    }
    expect(Math.max(...[...added.values()].flatMap((values) => [...values].map(Math.abs)))).toBeGreaterThan(0);
  });
});
