import { read, selectBackend, tensor } from '@oneshot/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { genotypeOf } from '../genotype/selection-of.js';
import { Network } from '../network/network.js';
import { parameterCount } from '../network/parameter-table.js';
import type { OperationBlock } from '../network.js';
import { hardWeights, mixOf } from '../samplers/sampler.js';
import { createSpace, type Space } from '../spaces/space.js';
import { supernet } from '../supernet.js';
import { derivedNetwork } from './derived.js';
import type { Selection } from './selection.js';

const macro = createSpace({
  name: 'conv_macro',
  channels: [
    [2, 4],
    [3, 6],
    [4, 8],
    [5, 10],
  ],
  last: 8,
  hidden: [6],
});
const mobile = createSpace({ name: 'mobilenetv3', width: 0.25, depths: [1, 2] });
const target = { input: { height: 12, width: 12, channels: 1 }, outputs: 3 };
const images = tensor(
  Float32Array.from({ length: 2 * 144 }, (_, index) => Math.sin(index * index)),
  [2, 12, 12, 1],
);

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));

/** The same option of every choice, or the last there is. */
const every = (space: Space, option: number): Selection =>
  new Map(space.choices.map(({ id, options }) => [id, [options[Math.min(option, options.length - 1)] ?? '']]));

const mixFor = (space: Space, kept: Selection) => mixOf({ weights: hardWeights(space.groups, kept), bare: false });

describe.each([
  ['conv_macro', macro],
  ['mobilenetv3', mobile],
])('a path through entangled weights of %s', (_, space) => {
  const whole = supernet(space, target, { sharing: 'shared' });
  const network = new Network(whole.description, { seed: 3 });

  it.each([0, 1, 2])('is the derived network with the parts of the arrays it reads: option %s everywhere', (option) => {
    const kept = every(space, option);
    const path = whole.path(kept, false);
    const found = read(network.forward(images, { mode: 'train', mix: mixFor(space, kept), path }).logits).slice();
    const derived = derivedNetwork(space, genotypeOf(space, kept), target);
    const alone = new Network(derived, { seed: 0 });
    const wide = network.state();
    const blocks = path.blocks.filter((block): block is OperationBlock => block.kind === 'operation');
    const state = Object.fromEntries(
      blocks.flatMap(({ parameters }) =>
        parameters.map(({ name, full, start, shape }) => [name, part(wide[name], full, start, shape)] as const),
      ),
    );
    alone.restore(state);
    const wanted = read(alone.forward(images, { mode: 'train' }).logits);
    found.forEach((logit, index) => {
      expect(logit).toBeCloseTo(wanted[index] ?? Number.NaN, 4);
    });
    alone.dispose();
  });

  it('is truly smaller, the smaller its options', () => {
    const largest = Math.max(...space.choices.map(({ options }) => options.length)) - 1;
    const read = (option: number) =>
      whole
        .path(every(space, option), false)
        .blocks.flatMap((block) => (block.kind === 'operation' ? block.parameters : []))
        .reduce((sum, { shape }) => sum + shape.reduce((product, length) => product * length, 1), 0);
    expect(read(0)).toBeLessThan(0.7 * read(largest));
  });
});

describe('variants with weights of their own', () => {
  const whole = supernet(macro, target, { sharing: 'own' });
  const network = new Network(whole.description, { seed: 3 });

  it('are more weights than entangled ones', () => {
    const shared = supernet(macro, target, { sharing: 'shared' });
    expect(parameterCount(whole.description)).toBeGreaterThan(2 * parameterCount(shared.description));
  });

  it.each([0, 1, 2])(
    'are mixed by the product of their choices’ weights: one-hot weights give the path, option %s',
    (option) => {
      const kept = every(macro, option);
      const mix = mixFor(macro, kept);
      const mixed = read(network.forward(images, { mode: 'train', mix }).logits).slice();
      const path = read(network.forward(images, { mode: 'train', mix, path: whole.path(kept, false) }).logits);
      mixed.forEach((logit, index) => {
        expect(logit).toBeCloseTo(path[index] ?? Number.NaN, 4);
      });
    },
  );
});

/** The part of a row-major array that starts at `start`. */
function part(
  values: Float32Array | undefined,
  full: readonly number[],
  start: readonly number[],
  shape: readonly number[],
): Float32Array {
  const strides = full.map((_, axis) => full.slice(axis + 1).reduce((product, length) => product * length, 1));
  const offsets = shape.reduce<number[]>(
    (before, length, axis) =>
      before.flatMap((offset) =>
        Array.from({ length }, (_, index) => offset + ((start[axis] ?? 0) + index) * (strides[axis] ?? 1)),
      ),
    [0],
  );
  return Float32Array.from(offsets, (offset) => values?.[offset] ?? Number.NaN);
}
