import { randomStream, variable } from '@oneshot/engine';
import { describe, expect, it } from 'vitest';
import type { PartSpec } from '../parts/part-spec.js';
import { resolveProfile } from '../profiles/resolve.js';
import { samplers } from '../samplers/registry.js';
import { createSpace } from '../spaces/space.js';
import { regularizers } from './registry.js';

const space = createSpace({ name: 'nasbench201', primitives: ['none', 'skip_connect', 'nor_conv_3x3'] });
const [group] = space.groups;
const size = 18;
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
          stream: (name, attempt) => randomStream(1, name, attempt),
        }),
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
])('the penalty %j', (spec, sampler) => {
  it('has the gradient that finite differences have', () => {
    const { gradient } = penaltyAt(spec, sampler, start);
    const step = 2 ** -5;
    start.forEach((value, index) => {
      const at = (shift: number) => penaltyAt(spec, sampler, start.with(index, value + shift)).value;
      expect(gradient[index]).toBeCloseTo((at(step) - at(-step)) / (2 * step), 3);
    });
  });

  it('falls along its gradient, and with it α decides more clearly', () => {
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

it('reinmax refuses a temperature below 1, and spaces that keep several options', () => {
  const profile = { name: 'mine', sampler: { name: 'reinmax', temperature: { from: 10, to: 0.1 } } };
  expect(() => resolveProfile(profile, space)).toThrow('profile.sampler.temperature.to');
  const several = createSpace({ name: 'nasbench1shot1', subspace: 1 });
  const plain = { name: 'mine', sampler: { name: 'reinmax' } };
  if (several.choices.some(({ keeps = 1 }) => keeps > 1)) {
    expect(() => resolveProfile(plain, several)).toThrow('reinmax draws one option');
  }
});

describe('a stop', () => {
  const darts = createSpace({ name: 'darts', nodes: 1 });
  const stop = (options: object) => ({ method: 'darts', stop: { name: 'skip_count', ...options } });

  it.each([
    ['that never can fire', stop({ count: 3 }), 'profile.stop.count: found 3; at most 2'],
    ['of more epochs than there are', stop({ patience: 51 }), 'profile.stop.patience: found 51; at most 50'],
    ['on a random selection', { ...stop({}), selector: 'random' }, 'profile.stop.name: skip_count looks at what'],
  ])('%s is refused', (_, profile, message) => {
    expect(() => resolveProfile(profile, darts)).toThrow(message);
  });

  it('is refused in spaces without cells', () => {
    expect(() => resolveProfile(stop({}), createSpace('conv_macro'))).toThrow('conv_macro has none there');
  });
});
