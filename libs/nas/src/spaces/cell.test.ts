import { randomStream } from '@oneshot/engine';
import { describe, expect, it } from 'vitest';
import { derivedNetwork } from '../build/derived.js';
import { NasError } from '../errors.js';
import { formatGenotype, parseGenotype } from '../genotype/notation.js';
import { randomGenotype } from '../genotype/random.js';
import { parameterCount } from '../network/parameter-table.js';
import { createSpace } from './space.js';

const own = { name: 'cell', nodes: 2, options: ['none', 'skip_connect', 'sep_conv_3x3'] } as const;

function faultsOf(definition: object): readonly string[] {
  try {
    createSpace({ ...own, ...definition });
    return [];
  } catch (error) {
    if (!(error instanceof NasError)) throw error;
    return error.faults.map(({ path, message }) => `${path}: ${message}`);
  }
}

describe('a cell of one’s own', () => {
  it('has the options it says, everywhere or on named edges', () => {
    const edges = [
      { from: 0, to: 3, options: ['none'] },
      { cell: 'reduce', from: 1, to: 2, options: ['max_pool_3x3', 'avg_pool_3x3'] },
    ];
    const space = createSpace({ ...own, edges, cells: 3, reductions: [1] });
    const optionsOf = (id: string) => space.choices.find((choice) => choice.id === id)?.options;
    expect(space.choices).toHaveLength(10);
    expect(optionsOf('normal.2.0')).toEqual(own.options);
    expect(optionsOf('normal.3.0')).toEqual(['none']);
    expect(optionsOf('reduce.1.0')).toBeUndefined();
    expect(optionsOf('reduce.2.1')).toEqual(['max_pool_3x3', 'avg_pool_3x3']);
    expect(optionsOf('normal.2.1')).toEqual(own.options);
  });

  it('is DARTS’ network where it says what DARTS says', () => {
    const size = { nodes: 4, cells: 8, channels: 16, stemMultiplier: 3 };
    const primitives = ['none', 'max_pool_3x3', 'skip_connect', 'sep_conv_3x3', 'dil_conv_5x5'];
    const image = { height: 32, width: 32, channels: 3 };
    const darts = createSpace({ name: 'darts', ...size, primitives });
    const cell = createSpace({ name: 'cell', ...size, options: primitives, kept: 2 });
    const genotype = randomGenotype(darts, randomStream(1, 'test'));
    const count = (space: typeof darts) =>
      parameterCount(derivedNetwork(space, { ...genotype, space: space.name }, { input: image, outputs: 10 }));
    expect(count(cell)).toBe(count(darts));
  });

  it('writes its architectures so that they can be read again, whatever its inputs and result', () => {
    for (const more of [{ inputs: 1, concat: [2] }, { inputs: 2, concat: [3] }, { kept: 2 }]) {
      const space = createSpace({ ...own, ...more });
      const genotype = randomGenotype(space, randomStream(2, 'test'));
      expect(parseGenotype(formatGenotype(genotype))).toEqual(genotype);
    }
  });

  it('is refused with every fault at once: cycles, operations, shapes, sizes', () => {
    const faults = faultsOf({
      options: ['skip_connect', 'sep_conv_9x9'],
      edges: [
        { from: 2, to: 2, options: ['skip_connect'] },
        { from: 3, to: 2, options: ['skip_connect'] },
        { from: 0, to: 4, options: ['skip_connect'] },
      ],
      concat: [0, 3, 9],
      channels: 0,
      cells: 3,
      reductions: [3, 1, 1],
    });
    expect(faults.map((fault) => fault.replace(/allowed: conv_bn.*/, 'allowed: …'))).toEqual([
      'space.options[1]: found "sep_conv_9x9"; allowed: …',
      'space.channels: found 0; allowed: a number of at least 1',
      'space.edges[0].from: found 2: node 2 reads itself, a cycle; allowed: 0 to 1',
      'space.edges[1].from: found 3: node 2 reads state 3, which comes later, a cycle; allowed: 0 to 1',
      'space.edges[2].to: found 4; allowed: the nodes 2 to 3',
      "space.concat[0]: found 0, an input, which a reduction cell's nodes are smaller than; allowed: the nodes 2 to 3",
      'space.concat[2]: found 9; allowed: the nodes 2 to 3',
      'space.reductions[0]: found 3; allowed: the cells 0 to 2',
      'space.reductions[2]: found 1 a second time',
    ]);
    expect(faultsOf({ channels: 1024, cells: 4, reductions: [0, 1, 2, 3] })).toEqual([
      'space.channels: found 1024, which 4 reductions make 16384; allowed: up to 8192',
    ]);
  });

  it('is refused where something cannot be reached or reaches nothing', () => {
    const none = (from: number, to: number) => ({ from, to, options: ['none'] });
    expect(faultsOf({ concat: [2] })).toEqual([
      'space.concat: node 3 of normal cells reaches nothing: no later node reads it, and concat leaves it out',
      'space.concat: node 3 of reduce cells reaches nothing: no later node reads it, and concat leaves it out',
    ]);
    expect(faultsOf({ edges: [none(0, 2), none(1, 2)], cells: 1 })).toEqual([
      'space.edges: node 2 of normal cells is unreachable: no edge leads to it',
    ]);
    expect(faultsOf({ edges: [none(0, 2), none(0, 3)], cells: 1 })).toEqual([
      'space.edges: input 0 of normal cells reaches nothing: no later node reads it, and concat leaves it out',
    ]);
    expect(faultsOf({ edges: [{ cell: 'reduce', from: 0, to: 2, options: ['none'] }], cells: 1 })).toEqual([
      'space.edges[0].cell: found "reduce"; the network has no such cell: it is unreachable',
    ]);
    expect(faultsOf({ inputs: 1, kept: 2 })).toEqual([
      'space.kept: found 2; a cell of one input has a node of one edge; allowed: all',
    ]);
  });
});
