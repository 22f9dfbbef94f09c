import { read, tensor } from '@oneshot/engine';
import { describe, expect, it } from 'vitest';
import { createSpace } from '../spaces/space.js';
import { edgeWeights, edgeWeightValues } from './edge-weights.js';
import { mixOf } from './sampler.js';

const [group] = createSpace({ name: 'nasbench201', primitives: ['none', 'skip_connect'] }).groups;
if (group === undefined) throw new RangeError('no group');

// Edges into node 1: one; into node 2: two; into node 3: three.
const beta = Float32Array.from([7, 0, Math.log(3), 0, 0, Math.log(2)]);
const wanted = [1, 0.25, 0.75, 0.25, 0.25, 0.5];

describe('edge normalisation', () => {
  it('is the softmax of β over the edges that enter a node, as tensors and as numbers', () => {
    const found = [read(edgeWeights(group, tensor(beta))), edgeWeightValues(group, beta)];
    for (const values of found) {
      expect(values).toHaveLength(6);
      values.forEach((value, index) => {
        expect(value).toBeCloseTo(wanted[index] ?? Number.NaN, 6);
      });
    }
  });

  it("scales the weights of an edge's options and stands beside them", () => {
    const weights = new Map([
      [
        'cell',
        tensor(
          Float32Array.from({ length: 12 }, (_, index) => index),
          [6, 2],
        ),
      ],
    ]);
    const mix = mixOf({ weights, bare: false, edgeWeights: new Map([['cell', edgeWeights(group, tensor(beta))]]) });
    const values = read(mix.get('cell') ?? tensor([]));
    expect([...values.slice(3, 9)].map((value) => value.toFixed(4))).toEqual(
      [2 * 0.25, 3 * 0.25, 0.25, 4 * 0.75, 5 * 0.75, 0.75].map((value) => value.toFixed(4)),
    );
  });
});
