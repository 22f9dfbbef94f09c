import {
  crossEntropy,
  labels,
  randomStream,
  read,
  selectBackend,
  softmax,
  tensor,
  valueAndGradients,
  variable,
} from '@oneshot/engine';
import { beforeAll, describe, expect, it } from 'vitest';
import { Network } from '../network/network.js';
import { resolveProfile } from '../profiles/resolve.js';
import { mixOf } from '../samplers/sampler.js';
import { createSpace } from '../spaces/space.js';
import { supernet } from '../supernet.js';
import { coefficientsOf, type Mutation } from './mutation.js';

const darts = createSpace({ name: 'darts', cells: 3, channels: 4, nodes: 2 });
const target = { input: { height: 8, width: 8, channels: 1 }, outputs: 3 };
const images = randomStream(1, 'images').normal(4 * 64);

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));

/** Loss and gradients of α of a supernet whose further coefficients are given. */
function lossOf(space: typeof darts, mutations: readonly Mutation[], coefficients: ReadonlyMap<string, number>) {
  const network = new Network(supernet(space, target, { mutations }).description, { seed: 3 });
  const alpha = space.groups.map(({ name, choices, options }) => {
    const size = choices.length * options.length;
    return variable(randomStream(2, name).normal(size), [choices.length, options.length], name);
  });
  const { loss, gradients } = valueAndGradients(() => {
    const weights = new Map(alpha.map(({ name, value }) => [name, softmax(value)]));
    const mix = mixOf({ weights, bare: false, coefficients });
    const { logits } = network.forward(tensor(images, [4, 8, 8, 1]), { mode: 'train', mix });
    return crossEntropy(logits, labels(Int32Array.from([0, 1, 2, 0])));
  }, alpha);
  network.dispose();
  return { loss, gradients: gradients.map((gradient) => [...read(gradient)]) };
}

const skip: Mutation = { name: 'auxiliary_skip', from: 1, decay: 'linear' };

describe.each([
  darts,
  createSpace({ name: 'nasbench201', cells: 1, channels: 4 }),
  createSpace({ name: 'robust_darts', subspace: 'S2', cells: 3, channels: 2 }),
  createSpace({ name: 'tangle_cell', channels: 4 }),
])('a skip connection beside the edges of $name', (space) => {
  it('of weight 0 changes nothing, and any other changes the loss', () => {
    const plain = lossOf(space, [], new Map());
    const gone = lossOf(space, [skip], new Map([['auxiliary_skip', 0]]));
    expect(gone.loss).toBeCloseTo(plain.loss, 5);
    gone.gradients.flat().forEach((value, index) => {
      expect(value).toBeCloseTo(plain.gradients.flat()[index] ?? 0, 5);
    });
    expect(lossOf(space, [skip], new Map([['auxiliary_skip', 1]])).loss).not.toBeCloseTo(plain.loss, 3);
  });
});

describe('the weight of auxiliary skips', () => {
  it('falls from what is written to nothing, in a straight line or along a cosine, or stays', () => {
    const at = (decay: string, epoch: number) =>
      coefficientsOf([{ name: 'auxiliary_skip', from: 2, decay }], epoch, 10).get('auxiliary_skip');
    expect([at('linear', 0), at('linear', 5), at('linear', 10)]).toEqual([2, 1, 0]);
    expect(at('cosine', 5)).toBeCloseTo(1);
    expect(at('cosine', 2)).toBeGreaterThan(at('linear', 2) ?? 9);
    expect(at('none', 9)).toBe(2);
  });

  it('is refused where there are no cells', () => {
    expect(() => resolveProfile('darts_minus', createSpace('conv_macro'))).toThrow(
      'auxiliary_skip stands beside the edges of cells, of which conv_macro has none',
    );
  });
});
