import { describe, expect, it } from 'vitest';
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
    const kinds = (cells: number) =>
      createSpace({ name: 'darts', cells }).layers.map((layer) => layer.kind === 'cell' && layer.reduction);
    expect(kinds(8).flatMap((reduction, index) => (reduction ? [index] : []))).toEqual([2, 5]);
    expect(kinds(20).flatMap((reduction, index) => (reduction ? [index] : []))).toEqual([6, 13]);
    expect(kinds(1)).toEqual([false]);
  });

  it('are refused with every fault and its path', () => {
    expect(() => createSpace('dart')).toThrow('space.name: unknown space "dart"; known: toy_cell, darts, nasbench201');
    expect(() => createSpace({ name: 'darts', cells: 0, chanels: 3, primitives: ['sep_conv_9x9'] })).toThrow(
      /space\.cells: .*space\.primitives\[0\]: .*space\.chanels: unknown field/,
    );
  });
});
