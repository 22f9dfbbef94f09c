import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { paretoFront } from './front.js';
import { hypervolume } from './hypervolume.js';
import type { Goal } from './objectives.js';

const size = 5;
const points = fc.integer({ min: 1, max: 4 }).chain((d) =>
  fc.array(fc.array(fc.integer({ min: 0, max: size }), { minLength: d, maxLength: d }), {
    minLength: 1,
    maxLength: 12,
  }),
);
const dimension = (list: number[][]) => list[0]?.length ?? 0;
const all = (list: number[][], goal: Goal) => Array.from({ length: dimension(list) }, () => goal);

describe('paretoFront', () => {
  it('is every point that no other dominates', () => {
    fc.assert(
      fc.property(points, (list) => {
        const dominated = (p: number[]) =>
          list.some((q) => q.every((v, i) => v <= (p[i] ?? 0)) && q.some((v, i) => v < (p[i] ?? 0)));
        const expected = [...list.keys()].filter((row) => !dominated(list[row] ?? []));
        expect(paretoFront(list, all(list, 'min')).sort((a, b) => a - b)).toEqual(expected);
        const mirrored = list.map((p) => p.map((v) => -v));
        expect(paretoFront(mirrored, all(list, 'max')).sort((a, b) => a - b)).toEqual(expected);
      }),
    );
  });

  it('sorts accuracy against latency', () => {
    const models = [
      [0.9, 10],
      [0.95, 30],
      [0.89, 12],
      [0.93, 20],
    ];
    expect(paretoFront(models, ['max', 'min'])).toEqual([1, 3, 0]);
  });

  it('refuses a goal too few', () => {
    expect(() => paretoFront([[1, 2]], ['min'])).toThrow('goals: found 1 goals, allowed is 2');
  });
});

describe('hypervolume', () => {
  it('is the number of unit cells dominated', () => {
    fc.assert(
      fc.property(points, (list) => {
        const d = dimension(list);
        let cells = 0;
        for (let cell = 0; cell < size ** d; cell++) {
          const corner = Array.from({ length: d }, (_, i) => Math.floor(cell / size ** i) % size);
          if (list.some((p) => p.every((v, i) => v <= (corner[i] ?? 0)))) cells++;
        }
        const reference = Array.from({ length: d }, () => size);
        expect(hypervolume(list, reference, all(list, 'min'))).toBeCloseTo(cells, 9);
      }),
    );
  });

  it('is 0 if no point is better than the reference', () => {
    expect(hypervolume([[0.5, 10]], [0.6, 20], ['max', 'min'])).toBe(0);
  });
});
