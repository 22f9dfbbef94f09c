import { randomStream } from '@oneshot/engine';
import { describe, expect, it } from 'vitest';
import { createSpace } from '../spaces/space.js';
import { ArchitectureDistribution, uniformDistribution } from './distribution.js';
import { genotypeAt } from './enumerate.js';
import { formatGenotype } from './notation.js';
import { selectionOf } from './selection-of.js';
import { genotypeFaults } from './validate.js';

const cells = createSpace('nasbench201');
const darts = createSpace('darts');

describe('a distribution over architectures', () => {
  it('draws the option of each choice on which a number falls, and never one of no weight', () => {
    const sure = new Float32Array(30);
    for (let edge = 0; edge < 6; edge++) sure[5 * edge + (edge % 5)] = 1;
    const distribution = new ArchitectureDistribution(cells, new Map([['cell', sure]]));
    const text = '|none~0|+|skip_connect~0|nor_conv_1x1~1|+|nor_conv_3x3~0|avg_pool_3x3~1|none~2|';
    for (const u of [0, 0.5, 1 - 2 ** -24]) {
      expect(formatGenotype(distribution.genotype(distribution.draw(new Array(6).fill(u))))).toBe(text);
    }
    const half = Float32Array.from({ length: 30 }, (_, index) => (index % 5 < 4 ? 0.25 : 0));
    const even = new ArchitectureDistribution(cells, new Map([['cell', half]]));
    expect(even.draw([0, 0.24, 0.26, 0.49, 0.51, 0.99])).toEqual([0, 0, 1, 1, 2, 3]);
  });

  it('finds the likeliest of all, in order, as counting them all does', () => {
    const toy = createSpace('toy_cell');
    const weights = new Map(
      toy.groups.map(({ name, choices, options }) => {
        const numbers = randomStream(5, 'weights', name).uniform(choices.length * options.length);
        return [name, numbers] as const;
      }),
    );
    const distribution = new ArchitectureDistribution(toy, weights);
    const probability = (index: number): number =>
      [...selectionOf(toy, genotypeAt(toy, index))].reduce((product, [id, [option]]) => {
        const choice = toy.choices.find((each) => each.id === id);
        const row = weights.get(choice?.group ?? '') ?? [];
        const at = (choice?.row ?? 0) * (choice?.options.length ?? 0) + (choice?.options.indexOf(option ?? '') ?? 0);
        return product * (row[at] ?? 0);
      }, 1);
    const counted = Array.from({ length: 4096 }, (_, index) => index)
      .sort((a, b) => probability(b) - probability(a))
      .slice(0, 20)
      .map((index) => formatGenotype(genotypeAt(toy, index)));
    const found = distribution.likeliest(20).map((picks) => formatGenotype(distribution.genotype(picks)));
    expect(found).toEqual(counted);
  });

  it('keeps two edges of a node, as likely as the product of their weights, and no `none`', () => {
    const distribution = uniformDistribution(darts);
    // Node by node: pairs of 2, 3, 4 and 5 edges, with two of seven operations, in two cells.
    expect(distribution.sizes).toEqual([49, 147, 294, 490, 49, 147, 294, 490]);
    const stream = randomStream(1, 'draws');
    for (let draw = 0; draw < 50; draw++) {
      expect(genotypeFaults(darts, distribution.genotype(distribution.draw(stream.uniform(8))))).toEqual([]);
    }
    // All weight of the first node's second edge on one operation, twice that of each of the
    // first's.
    const weights = new Map(darts.groups.map(({ name }) => [name, new Float32Array(14 * 8).fill(1)]));
    const normal = weights.get('normal') ?? new Float32Array(0);
    const sep = darts.groups[0]?.options.indexOf('sep_conv_3x3') ?? 0;
    for (let option = 0; option < 8; option++) normal[8 + option] = option === sep ? 2 : 0;
    const [picks] = new ArchitectureDistribution(darts, weights).likeliest(1);
    expect(formatGenotype(new ArchitectureDistribution(darts, weights).genotype(picks ?? []))).toContain(
      "('sep_conv_3x3', 1)",
    );
  });

  it.each(['nasbench1shot1', 'mobilenetv3', 'conv_macro', 'robust_darts', 'tangle_cell'])(
    'forms architectures of %s',
    (name) => {
      const space = createSpace(name);
      const distribution = uniformDistribution(space);
      const stream = randomStream(2, name);
      for (let draw = 0; draw < 20; draw++) {
        const picks = distribution.draw(stream.uniform(distribution.sizes.length));
        expect(genotypeFaults(space, distribution.genotype(picks))).toEqual([]);
      }
    },
  );
});
