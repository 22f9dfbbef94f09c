import { crossEntropy, labels, read, selectBackend, tensor, valueAndGradients, variable } from '@oneshot/engine';
import { afterAll, describe, expect, it } from 'vitest';
import { Network } from '../network/network.js';
import { createSpace } from '../spaces/space.js';
import { supernet } from '../supernet.js';
import { cellsOf } from '../testing/cells-of.js';

const primitives = ['none', 'max_pool_3x3', 'skip_connect', 'sep_conv_3x3', 'dil_conv_5x5'] as const;
const definition = { name: 'darts', cells: 3, channels: 2, nodes: 2, primitives };
const space = createSpace({ ...definition, auxiliarySkip: true });
const target = { input: { height: 8, width: 8, channels: 1 }, outputs: 3 };
const whole = supernet(space, target);
const { description } = whole;
const images = Float32Array.from({ length: 4 * 64 }, (_, index) => Math.sin(index * index));

/** Loss and its gradient in the mix of the normal cells, on the backend selected. */
function lossOf(values: Float32Array): { readonly loss: number; readonly gradient: Float32Array } {
  const network = new Network(description, { seed: 5 });
  const mixes = space.groups.map(({ name, choices, options }) => {
    const uniform = new Float32Array(choices.length * options.length).fill(0.2);
    return variable(name === 'normal' ? values : uniform, [uniform.length], name);
  });
  const { loss, gradients } = valueAndGradients(
    () => {
      const mix = new Map(mixes.map(({ name, value }) => [name, value]));
      const { logits } = network.forward(tensor(images, [4, 8, 8, 1]), { mode: 'train', mix });
      return crossEntropy(logits, labels(Int32Array.from([0, 1, 2, 0])));
    },
    mixes.slice(0, 1),
  );
  const [gradient] = gradients;
  network.dispose();
  return { loss, gradient: gradient === undefined ? new Float32Array(0) : read(gradient).slice() };
}

afterAll(() => selectBackend({ backend: 'auto', threads: 1 }));

describe('a space with auxiliary skips', () => {
  it('has one beside every operation with weights, under the same coefficient, and nowhere else', () => {
    for (const block of cellsOf(description).filter(({ groups }) => groups.length > 0)) {
      for (const { edges } of block.schedule.nodes.slice(block.schedule.inputs.length)) {
        for (const { branches } of edges) {
          const reduced = branches.some(({ kind }) => kind === 'factorized_reduce');
          const skip = reduced ? 'factorized_reduce' : 'identity';
          const kinds = branches.map(({ kind, mix }) => [kind, (mix ?? 0) % primitives.length]);
          expect(kinds).toEqual([
            ['zero', 0],
            ['pool', 1],
            [skip, 2],
            ['chain', 3],
            [skip, 3],
            ['chain', 4],
            [skip, 4],
          ]);
        }
      }
    }
  });

  it('costs what the factorized reductions at stride 2 have, and nothing at stride 1', () => {
    const single = (auxiliarySkip: object) =>
      new Network(supernet(createSpace({ ...definition, cells: 1, ...auxiliarySkip }), target).description, {
        seed: 0,
      });
    expect(single({ auxiliarySkip: true }).parameterCount).toBe(single({}).parameterCount);
  });

  it('has the same loss and slopes on the backend in use and on the reference', async () => {
    const values = Float32Array.from({ length: 5 * primitives.length }, (_, i) => 0.1 + 0.02 * (i % 7));
    await selectBackend({ backend: 'reference', threads: 1 });
    const reference = lossOf(values);
    await selectBackend({ backend: 'auto', threads: 1 });
    const fast = lossOf(values);
    expect(fast.loss).toBeCloseTo(reference.loss, 5);
    const largest = Math.max(...reference.gradient.map(Math.abs));
    fast.gradient.forEach((slope, i) => {
      expect(Math.abs(slope - (reference.gradient[i] ?? Number.NaN))).toBeLessThan(1e-4 * largest);
    });
  });

  it('adds the bare coefficient of an option that does not run once', () => {
    const active = new Map(space.choices.map(({ id, options }) => [id, options.slice(1, 2)]));
    const path = whole.path(active, true);
    const cell = cellsOf(path).find(({ groups }) => groups.length > 0);
    const edge = cell?.schedule.nodes.at(-1)?.edges.at(-1);
    expect(edge?.branches.map(({ kind, mix }) => [kind, (mix ?? 0) % primitives.length])).toEqual([
      ['bare', 0],
      ['pool', 1],
      ['bare', 2],
      ['bare', 3],
      ['bare', 4],
    ]);
  });
});
