import { cellShapes, crossEntropy, labels, read, reshape, tensor, valueAndGradients, variable } from '@oneshot/engine';
import { describe, expect, it } from 'vitest';
import { Network } from '../network/network.js';
import { mixOf } from '../samplers/sampler.js';
import { createSpace } from '../spaces/space.js';
import { supernet } from '../supernet.js';
import { cellsOf } from '../testing/cells-of.js';

const space = createSpace({ name: 'darts', cells: 3, channels: 2, nodes: 2 });
const target = { input: { height: 8, width: 8, channels: 1 }, outputs: 3 };
const whole = supernet(space, target);
const { description } = whole;
const primitives = space.groups[0]?.options ?? [];
const options = primitives.length;
const images = tensor(
  Float32Array.from({ length: 4 * 64 }, (_, index) => Math.sin(index * index)),
  [4, 8, 8, 1],
);
const classes = labels(Int32Array.from([0, 1, 2, 0]));

/** For every choice the same option. */
const everywhere = (option: number, of = space) =>
  new Map(of.choices.map((choice) => [choice.id, choice.options.slice(option, option + 1)]));

const oneHot = (option: number) =>
  space.groups.map(({ name, choices }) => {
    const values = new Float32Array(choices.length * options).map((_, index) => (index % options === option ? 1 : 0));
    return variable(values, [values.length], name);
  });

describe('single path', () => {
  it('runs one operation per edge, the others only as bare coefficients', () => {
    for (const block of cellsOf(whole.path(everywhere(4), true))) {
      if (block.groups.length === 0) continue;
      for (const { edges } of block.schedule.nodes.slice(block.schedule.inputs.length)) {
        for (const { branches } of edges) {
          expect(branches.filter(({ kind }) => kind !== 'bare')).toHaveLength(1);
          expect(branches.filter(({ kind }) => kind === 'bare')).toHaveLength(options - 1);
        }
      }
    }
  });

  it.each(primitives.map((name, option) => [name, option] as const))(
    'gives the logits of the whole supernet with one-hot weights: %s',
    (_, option) => {
      const network = new Network(description, { seed: 5 });
      const mix = new Map(oneHot(option).map(({ name, value }) => [name, value]));
      const logits = read(network.forward(images, { mode: 'train', mix }).logits);
      for (const bare of [true, false]) {
        const path = whole.path(everywhere(option), bare);
        const found = read(network.forward(images, { mode: 'train', mix, path }).logits);
        found.forEach((logit, index) => {
          expect(logit).toBeCloseTo(logits[index] ?? Number.NaN, 4);
        });
      }
      network.dispose();
    },
  );

  it('keeps the places of coefficients with partial connections and edge normalisation', () => {
    const wide = createSpace({ name: 'darts', cells: 3, channels: 5, nodes: 2 });
    const mutations = [{ name: 'partial_connection', keep: 2 }] as const;
    const partial = supernet(wide, target, { mutations, edgeNormalisation: true });
    const network = new Network(partial.description, { seed: 5 });
    const option = 5;
    const edgeWeights = new Map(
      wide.groups.map(({ name, choices }) => [name, tensor(choices.map((_, index) => 0.2 + 0.1 * index))]),
    );
    const weights = new Map(
      oneHot(option).map(({ name, value }) => [name, reshape(value, [value.size / options, options])]),
    );
    const mix = mixOf({ weights, edgeWeights, bare: false });
    const logits = read(network.forward(images, { mode: 'train', mix }).logits);
    for (const bare of [true, false]) {
      const path = partial.path(everywhere(option, wide), bare);
      const found = read(network.forward(images, { mode: 'train', mix, path }).logits);
      found.forEach((logit, index) => {
        expect(logit).toBeCloseTo(logits[index] ?? Number.NaN, 4);
      });
    }
    network.dispose();
  });

  it('reaches every coefficient with a gradient when bare, and only those that run when not', () => {
    const network = new Network(description, { seed: 5 });
    const option = 4;
    const weights = oneHot(option);
    const nonZero = (bare: boolean) => {
      const path = whole.path(everywhere(option), bare);
      const { gradients } = valueAndGradients(() => {
        const mix = new Map(weights.map(({ name, value }) => [name, value]));
        return crossEntropy(network.forward(images, { mode: 'train', mix, path }).logits, classes);
      }, weights);
      return gradients.map((gradient) => read(gradient).reduce((count, slope) => count + (slope === 0 ? 0 : 1), 0));
    };
    const reached = nonZero(true);
    space.groups.forEach(({ choices }, group) => {
      expect(reached[group]).toBeGreaterThan(choices.length * (options - 1) * 0.8);
      expect(nonZero(false)[group]).toBeLessThanOrEqual(choices.length);
    });
    network.dispose();
  });

  it('keeps the shape of reduction nodes where nothing but none runs', () => {
    cellsOf(whole.path(everywhere(0), true)).forEach((block, index) => {
      expect(cellShapes(block.schedule)).toEqual(cellShapes(cellsOf(description)[index]?.schedule ?? block.schedule));
    });
  });

  it('lets a gradient reach the coefficient of an operation that cannot be fused and does not run', () => {
    const noisy = createSpace({ name: 'robust_darts', subspace: 'S4', cells: 3, channels: 2 });
    const net = supernet(noisy, target);
    const network = new Network(net.description, { seed: 5 });
    const convolutions = new Map(noisy.choices.map(({ id }) => [id, ['sep_conv_3x3']] as const));
    const weights = noisy.groups.map(({ name, choices }) =>
      variable(
        Float32Array.from({ length: 2 * choices.length }, (_, index) => index % 2),
        [2 * choices.length],
        name,
      ),
    );
    const reached = (bare: boolean) => {
      const { gradients } = valueAndGradients(() => {
        const mix = new Map(weights.map(({ name, value }) => [name, value]));
        const path = net.path(convolutions, bare);
        return crossEntropy(network.forward(images, { mode: 'train', mix, path }).logits, classes);
      }, weights);
      // Noise is the first option of every choice.
      return gradients.flatMap((gradient) => [...read(gradient)].filter((slope, i) => i % 2 === 0 && slope !== 0))
        .length;
    };
    expect(reached(false)).toBe(0);
    expect(reached(true)).toBeGreaterThan(10);
    network.dispose();
  });
});
