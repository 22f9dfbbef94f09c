import { crossEntropy, labels, randomStream, read, tensor, valueAndGradients, variable } from '@oneshot/engine';
import { describe, expect, it } from 'vitest';
import { Network } from '../network/network.js';
import { resolveProfile } from '../profiles/resolve.js';
import { createSpace } from '../spaces/space.js';
import { supernet } from '../supernet.js';
import { gumbelSoftmax } from './finite-draw.js';
import { type GumbelOptions, gumbelSampler } from './gumbel.js';
import { type DrawContext, mixOf } from './sampler.js';

const space = createSpace({ name: 'darts', cells: 1, channels: 2, nodes: 2 });
const [group] = space.groups;
if (group === undefined) throw new RangeError('no group');
const shape = [group.choices.length, group.options.length];
const columns = group.options.length;
const images = tensor(
  Float32Array.from({ length: 4 * 36 }, (_, index) => Math.sin(index * index)),
  [4, 6, 6, 1],
);
const classes = labels(Int32Array.from([0, 1, 2, 0]));
const tau = 2;
const context: DrawContext = {
  epoch: 0,
  epochs: 1,
  draw: 0,
  stream: (name, attempt) => randomStream(5, name, attempt),
  common: (name) => randomStream(5, name),
};
const alpha = variable(
  Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, index) => Math.cos(index)),
  shape,
  group.name,
);

describe.each(['drawn', 'official'] as const)('gumbel, variant %s', (variant: GumbelOptions['variant']) => {
  it('passes on the gradients of the coefficients that it is about, through the softmax behind the draw', () => {
    const whole = supernet(space, { input: { height: 6, width: 6, channels: 1 }, outputs: 3 });
    const network = new Network(whole.description, { seed: 5 });
    const sampler = gumbelSampler({ temperature: { from: tau, to: tau }, variant });
    const draw = () => sampler.draw(space.groups, new Map([[group.name, alpha.value]]), context);
    const { active = new Map<string, readonly string[]>(), bare } = draw();
    const path = whole.path(active, bare);
    const { gradients } = valueAndGradients(
      () => crossEntropy(network.forward(images, { mode: 'train', mix: mixOf(draw()), path }).logits, classes),
      [alpha],
    );
    const hard = variable(read(draw().weights.get(group.name) ?? tensor([])).slice(), shape, 'mix');
    const own = valueAndGradients(() => {
      const mix = mixOf({ weights: new Map([[group.name, hard.value]]), bare });
      return crossEntropy(network.forward(images, { mode: 'train', mix, path }).logits, classes);
    }, [hard]);
    const slopes = read(own.gradients[0] ?? tensor([]));
    const p = read(gumbelSoftmax(group.name, alpha.value, tau, (attempt) => context.stream(group.name, attempt)));
    const reached = [...slopes].filter((slope) => slope !== 0).length;
    if (variant === 'drawn') expect(reached).toBeLessThanOrEqual(shape[0] ?? 0);
    else expect(reached).toBeGreaterThan((shape[0] ?? 0) * (columns - 1));
    read(gradients[0] ?? tensor([])).forEach((slope, index) => {
      const row = Math.floor(index / columns) * columns;
      let expected = 0;
      for (let o = row; o < row + columns; o++) {
        expected += ((slopes[o] ?? 0) * (p[o] ?? 0) * ((o === index ? 1 : 0) - (p[index] ?? 0))) / tau;
      }
      expect(slope).toBeCloseTo(expected, 5);
    });
    network.dispose();
  });
});

it('gdas takes the variant of its authors for the space; what a profile says stays', () => {
  const variantIn = (name: string, profile: object = {}) =>
    resolveProfile({ method: 'gdas', ...profile }, createSpace(name)).sampler.variant;
  expect(['darts', 'robust_darts', 'nasbench201', 'toy_cell', 'conv_macro'].map((name) => variantIn(name))).toEqual([
    'drawn',
    'drawn',
    'official',
    'official',
    'official',
  ]);
  expect(variantIn('darts', { sampler: { variant: 'official' } })).toBe('official');
  expect(variantIn('darts', { sampler: { temperature: { from: 5, to: 1 } } })).toBe('drawn');
});
