import { read, tensor } from '@oneshot/engine';
import { describe, expect, it } from 'vitest';
import { Network } from './network/network.js';
import { parameterCount, parameterTable } from './network/parameter-table.js';
import type { SpaceInput } from './spaces/definition.js';
import { createSpace } from './spaces/space.js';
import { supernet } from './supernet.js';

const cifar = { input: { height: 32, width: 32, channels: 3 }, outputs: 10 };

describe('supernet', () => {
  // weight parameters of the same networks written in PyTorch, as the authors' code has them
  it.each([
    ['DARTS, 8 cells', { name: 'darts' }, 1930618],
    ['DARTS-Bench wide', { name: 'darts', cells: 4, channels: 18 }, 1399168],
    ['DARTS-Bench deep', { name: 'darts', cells: 16, channels: 7 }, 938864],
    ['DARTS-Bench single-cell', { name: 'darts', cells: 1, channels: 26, nodes: 8 }, 303560],
    ['NAS-Bench-201', { name: 'nasbench201' }, 1685722],
  ])('%s has as many parameters as its PyTorch form', (_, space, count) => {
    expect(parameterCount(supernet(createSpace(space), cifar).description)).toBe(count);
  });

  it.each([
    ['DARTS, 8 cells', { name: 'darts' }, 299578],
    ['DARTS-Bench wide', { name: 'darts', cells: 4, channels: 18 }, 193384],
    ['DARTS-Bench deep', { name: 'darts', cells: 16, channels: 7 }, 161040],
    ['DARTS-Bench single-cell', { name: 'darts', cells: 1, channels: 26, nodes: 8 }, 44840],
  ])('%s with partial connections of a quarter has as many parameters as its PyTorch form', (_, space, count) => {
    const mutations = [{ name: 'partial_connection', keep: 4 }] as const;
    expect(parameterCount(supernet(createSpace(space), cifar, { mutations }).description)).toBe(count);
  });

  it('names every parameter once and leaves no gap in its banks', () => {
    const { weights, statistics } = parameterTable(
      supernet(createSpace({ name: 'darts', cells: 3, channels: 5 }), cifar).description,
    );
    for (const entries of [weights, statistics]) {
      expect(new Set(entries.map(({ name }) => name)).size).toBe(entries.length);
      const ends = new Map<unknown, number>();
      for (const { bank, offset, shape, name } of entries) {
        expect(offset, name).toBe(ends.get(bank) ?? 0);
        ends.set(bank, offset + shape.reduce((a, b) => a * b, 1));
      }
    }
  });

  it('gives logits of every space on odd and even images', () => {
    for (const [space, size] of [
      [{ name: 'toy_cell', channels: 2 }, 7],
      [{ name: 'darts', cells: 3, channels: 2, nodes: 2 }, 9],
      [{ name: 'darts', cells: 1, channels: 2, nodes: 2 }, 5],
      [{ name: 'nasbench201', cells: 1, channels: 2 }, 8],
    ] as const) {
      const built = createSpace(space);
      const image = { height: size, width: size, channels: 1 };
      const network = new Network(supernet(built, { input: image, outputs: 3 }).description, { seed: 1 });
      const images = tensor(
        Float32Array.from({ length: 2 * size * size }, (_, i) => Math.sin(i)),
        [2, size, size, 1],
      );
      const mix = new Map(
        built.groups.map(({ name, choices, options }) => {
          const count = choices.length * options.length;
          return [name, tensor(new Float32Array(count).fill(1 / options.length), [count])];
        }),
      );
      const { logits } = network.forward(images, { mode: 'train', mix });
      expect(logits.shape).toEqual([2, 3]);
      expect([...read(logits)].every(Number.isFinite)).toBe(true);
      network.dispose();
    }
  });

  it('refuses partial connections that the channels or the image have no room for, and says what would', () => {
    const of = (space: SpaceInput, keep: number, size: number, times = 1) => {
      const mutations = Array.from({ length: times }, () => ({ name: 'partial_connection', keep }) as const);
      const image = { height: size, width: size, channels: 3 };
      return () => supernet(createSpace(space), { input: image, outputs: 10 }, { mutations });
    };
    expect(of({ name: 'darts', channels: 3 }, 4, 32)).toThrow(
      "profile.mutations[0].keep: found 4, more than the 3 channels of the space's first cell; allowed: 2 to 3",
    );
    expect(of({ name: 'darts', channels: 1 }, 4, 32)).toThrow('allowed: none: leave the mutation out');
    expect(of('toy_cell', 4, 32, 2)).toThrow('profile.mutations[1].name: found partial_connection a second time');
    expect(of('darts', 4, 30)).toThrow('image.height: found 30; partial connections in darts need a multiple of 4');
  });

  it('refuses images that cannot be reduced, and says why', () => {
    const of = (name: string, height: number, width: number) => () =>
      supernet(createSpace(name), { input: { height, width, channels: 1 }, outputs: 10 });
    expect(of('darts', 2, 32)).toThrow('image.height: found 2; darts halves the image 2 times and needs at least 3');
    expect(of('nasbench201', 30, 28)).toThrow(
      'image.height: found 30; nasbench201 halves the image 2 times and needs a multiple of 4',
    );
    expect(of('toy_cell', 0, 1)).toThrow(/image.height.*image.width/);
  });
});
