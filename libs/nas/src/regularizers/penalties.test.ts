import { randomStream, variable } from '@oneshot/engine';
import { describe, expect, it } from 'vitest';
import type { PartSpec } from '../parts/part-spec.js';
import '../profiles/schema.js';
import { ExpectedCost } from '../network/cost-table.js';
import { samplers } from '../samplers/registry.js';
import { createSpace } from '../spaces/space.js';
import { regularizers } from './registry.js';

const space = createSpace({ name: 'nasbench201', primitives: ['none', 'skip_connect', 'nor_conv_3x3'] });
const [group] = space.groups;
const size = 18;
const target = { input: { height: 8, width: 8, channels: 3 }, outputs: 10 };

/** None near 0, where the absolute distance has a kink. */
const start = Float32Array.from({ length: size }, (_, index) => {
  const value = Math.sin(3 * index + 1);
  return value + 0.2 * Math.sign(value);
});

/** The penalty at some α, with its gradient. */
function penaltyAt(spec: PartSpec, sampler: PartSpec, alpha: Float32Array) {
  const own = variable(alpha, [6, 3], group?.name ?? '');
  const draws = samplers.of(sampler.name).create(sampler);
  const penalty = regularizers
    .of(spec.name)
    .create(spec)
    .penalty?.({
      groups: space.groups,
      alpha: [own],
      draw: () =>
        draws.draw(space.groups, new Map([[own.name, own.value]]), {
          epoch: 0,
          epochs: 1,
          draw: 0,
          stream: (name, attempt) => randomStream(1, name, attempt),
          common: (name) => randomStream(1, name),
        }),
      cost: (measure) => new ExpectedCost(space, target, measure).at(new Map()),
    });
  if (penalty === undefined) throw new RangeError('no penalty');
  return { value: penalty.value, gradient: penalty.gradients.get(own.name) ?? new Float32Array(0) };
}

const logistic = (x: number) => 1 / (1 + Math.exp(-x));

describe.each([
  [{ name: 'zero_one', scale: 10, distance: 'squared' }, { name: 'sigmoid' }],
  [{ name: 'zero_one', scale: 10, distance: 'absolute' }, { name: 'sigmoid' }],
  [{ name: 'entropy', scale: 0.1 }, { name: 'softmax' }],
  [{ name: 'entropy', scale: 0.1 }, { name: 'sigmoid' }],
  [{ name: 'cost', measure: 'multiplyAdds', scale: 1 }, { name: 'softmax' }],
  [{ name: 'cost', measure: 'parameters', scale: 0.1, target: 100_000 }, { name: 'softmax' }],
])('the penalty %j', (spec, sampler) => {
  it('has the gradient that finite differences have', () => {
    const { gradient } = penaltyAt(spec, sampler, start);
    const step = 2 ** -5;
    start.forEach((value, index) => {
      const at = (shift: number) => penaltyAt(spec, sampler, start.with(index, value + shift)).value;
      expect(gradient[index]).toBeCloseTo((at(step) - at(-step)) / (2 * step), 3);
    });
  });

  it('falls along its gradient, and so does what it counts', () => {
    const { value, gradient } = penaltyAt(spec, sampler, start);
    const next = start.map((each, index) => each - 0.5 * (gradient[index] ?? 0));
    expect(penaltyAt(spec, sampler, next).value).toBeLessThan(value);
  });
});

it('zero_one is −λ times the mean of (σ(α) − ½)², or of |σ(α) − ½|', () => {
  const mean = (of: (away: number) => number) =>
    start.reduce((sum, value) => sum + of(logistic(value) - 0.5) / size, 0);
  const at = (distance: string) =>
    penaltyAt({ name: 'zero_one', scale: 3, distance }, { name: 'sigmoid' }, start).value;
  expect(at('squared')).toBeCloseTo(-3 * mean((away) => away * away), 6);
  expect(at('absolute')).toBeCloseTo(-3 * mean(Math.abs), 6);
});

it('entropy of weights that are alike is the logarithm of their number', () => {
  expect(penaltyAt({ name: 'entropy', scale: 1 }, { name: 'softmax' }, new Float32Array(size)).value).toBeCloseTo(
    Math.log(3),
    5,
  );
});
