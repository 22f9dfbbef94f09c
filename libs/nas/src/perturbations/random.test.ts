import { randomStream } from '@oneshot/engine';
import { describe, expect, it } from 'vitest';
import { resolveProfile } from '../profiles/resolve.js';
import { createSpace } from '../spaces/space.js';
import { perturbations } from './registry.js';

const space = createSpace({ name: 'nasbench201', primitives: ['none', 'skip_connect', 'nor_conv_3x3'] });
const { groups } = space;
const drawn = Float32Array.from({ length: 18 }, (_, index) => [0.6, 0.15, 0.25][index % 3] ?? 0);

function moved(weights: Float32Array, epoch: number, radius = { from: 0.03, to: 0.3 }) {
  const perturbation = perturbations.of('random').create({ name: 'random', radius });
  const stream = (group: string) => randomStream(4, group, epoch);
  const found = perturbation.perturb({
    groups,
    weights: new Map([['cell', weights]]),
    epoch,
    epochs: 10,
    stream,
    lossUnder: () => {
      throw new RangeError('noise looks at no loss');
    },
  });
  return found.get('cell') ?? new Float32Array(0);
}

const sums = (flat: Float32Array) =>
  Array.from({ length: flat.length / 3 }, (_, row) => flat.subarray(3 * row, 3 * row + 3).reduce((a, b) => a + b, 0));

it('stays within a radius that grows over the epochs, and keeps the sum of each edge', () => {
  const largest = (epoch: number) =>
    Math.max(...moved(drawn, epoch).map((weight, index) => Math.abs(weight - (drawn[index] ?? 0))));
  for (const sum of sums(moved(drawn, 9))) expect(sum).toBeCloseTo(1, 5);
  expect(largest(0)).toBeGreaterThan(0.01);
  // Scaling to the old sum moves a weight by no more than the noise of all three.
  expect(largest(0)).toBeLessThan(0.03 * 3);
  expect(largest(9)).toBeGreaterThan(largest(0));
});

it('leaves no weight below 0, and an edge of which nothing would be left as it was', () => {
  const sharp = Float32Array.from({ length: 18 }, (_, index) => (index % 3 === 0 ? 1 : 0));
  expect(Math.min(...moved(sharp, 9))).toBeGreaterThanOrEqual(0);
  const tiny = drawn.map((weight) => weight / 1000);
  const found = moved(tiny, 9, { from: 1, to: 1 });
  for (const sum of sums(found)) expect(sum).toBeCloseTo(0.001, 6);
});

it('of radius 0 changes nothing', () => {
  moved(drawn, 5, { from: 0, to: 0 }).forEach((weight, index) => {
    expect(weight).toBeCloseTo(drawn[index] ?? 0, 6);
  });
});

describe('a perturbation', () => {
  it('is refused where one option runs, with the reason', () => {
    expect(() => resolveProfile({ method: 'gdas', perturbation: { name: 'random' } }, space)).toThrow(
      'random moves the weights of options that run together; the sampler gumbel runs one with weight 1',
    );
  });

  it('is not part of a profile that names none, so that what was run before keeps its name', () => {
    expect(resolveProfile('darts', space)).not.toHaveProperty('perturbation');
    expect(resolveProfile('smoothdarts_rs', space).perturbation).toEqual({
      name: 'random',
      radius: { from: 0.03, to: 0.3 },
    });
  });
});
