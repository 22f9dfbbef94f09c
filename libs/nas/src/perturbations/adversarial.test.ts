import { randomStream } from '@oneshot/engine';
import { expect, it } from 'vitest';
import { createSpace } from '../spaces/space.js';
import type { WeightsByGroup } from './perturbation.js';
import './adversarial.js';
import { perturbations } from './registry.js';

const { groups } = createSpace({ name: 'nasbench201', primitives: ['none', 'skip_connect', 'nor_conv_3x3'] });
const weights = new Map([['cell', Float32Array.from({ length: 18 }, (_, index) => [0.5, 0.2, 0.3][index % 3] ?? 0)]]);

/** A loss that is linear in the weights: the worst point within a radius is known. */
const slopes = Float32Array.from({ length: 18 }, (_, index) => [-1, 2, 0.5][index % 3] ?? 0);
const linear = (at: WeightsByGroup) => ({
  loss: (at.get('cell') ?? new Float32Array(0)).reduce((sum, value, index) => sum + value * (slopes[index] ?? 0), 0),
  gradients: new Map([['cell', slopes]]),
});

function worst(radius: number, lossUnder = linear, steps = 7): Float32Array {
  const perturbation = perturbations
    .of('adversarial')
    .create({ name: 'adversarial', radius: { from: radius, to: radius }, steps });
  const stream = (group: string) => randomStream(1, group);
  return (
    perturbation.perturb({ groups, weights, epoch: 0, epochs: 10, stream, lossUnder }).get('cell') ??
    new Float32Array(0)
  );
}

it('climbs to the worst point within the radius, and stays on the simplex', () => {
  const found = worst(0.1);
  for (let row = 0; row < 6; row++) {
    const [falling = 0, rising = 0, gentle = 0] = found.subarray(3 * row, 3 * row + 3);
    expect(falling + rising + gentle).toBeCloseTo(1, 5);
    // 0.4, 0.3 and 0.4 within the radius, scaled to their old sum of 1.
    expect(falling).toBeCloseTo(0.4 / 1.1, 1);
    expect(rising).toBeGreaterThan(0.25);
  }
  expect(linear(new Map([['cell', found]])).loss).toBeGreaterThan(linear(weights).loss);
});

it('keeps the weights that were drawn where it finds no worse ones, and with a radius of 0', () => {
  const peak = (at: WeightsByGroup) => ({ ...linear(at), loss: at === weights ? 1 : 0 });
  expect(worst(0.1, peak)).toEqual(weights.get('cell'));
  worst(0).forEach((value, index) => {
    expect(value).toBeCloseTo(weights.get('cell')?.[index] ?? 0, 6);
  });
});
