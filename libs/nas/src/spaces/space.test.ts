import { describe, expect, it } from 'vitest';
import { reductionsAt } from './cell-edges.js';
import { groupChoices } from './choice.js';
import { createSpace } from './space.js';

describe('spaces', () => {
  it('have the choices of their papers', () => {
    const rows = (space: unknown) =>
      createSpace(space).groups.map(({ name, choices, options }) => [name, choices.length, options.length]);
    expect(rows('toy_cell')).toEqual([
      ['normal', 3, 4],
      ['reduce', 3, 4],
    ]);
    expect(rows('darts')).toEqual([
      ['normal', 14, 8],
      ['reduce', 14, 8],
    ]);
    expect(rows('nasbench201')).toEqual([['cell', 6, 5]]);
    expect(rows({ name: 'darts', cells: 1, channels: 26, nodes: 8 })).toEqual([['normal', 44, 8]]);
  });

  it('place reductions at one and two thirds of the depth', () => {
    expect([8, 20, 2, 1].map(reductionsAt)).toEqual([[2, 5], [6, 13], [0, 1], []]);
  });

  it('have tables of α of their own for choices of one group that differ in their number of options', () => {
    const choice = (id: string, options: readonly string[]) => ({ id, group: 'cell', options });
    const groups = groupChoices([choice('a', ['x', 'y']), choice('b', ['x', 'y', 'z']), choice('c', ['p', 'q'])]);
    expect(groups.map(({ name, choices }) => [name, choices.map(({ id, row }) => [id, row])])).toEqual([
      [
        'cell/2',
        [
          ['a', 0],
          ['c', 1],
        ],
      ],
      ['cell/3', [['b', 0]]],
    ]);
    expect(() => groupChoices([choice('a', ['x']), choice('a', ['x'])])).toThrow('the choice a stands twice');
  });

  it('are refused with every fault and its path', () => {
    expect(() => createSpace('dart')).toThrow('space.name: unknown space "dart"; known: ');
    expect(() => createSpace({ name: 'darts', cells: 0, chanels: 3, primitives: ['sep_conv_9x9'] })).toThrow(
      /space\.cells: .*space\.primitives\[0\]: .*space\.chanels: unknown field/,
    );
  });
});
