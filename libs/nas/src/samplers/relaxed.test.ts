import { mul, randomStream, read, sum, type Tensor, tensor, valueAndGradients, variable } from '@oneshot/engine';
import { describe, expect, it } from 'vitest';
import { resolveProfile } from '../profiles/resolve.js';
import { createSpace } from '../spaces/space.js';
import { gumbelSoftmaxSampler } from './gumbel-softmax.js';
import { reinmaxSampler } from './reinmax.js';
import { softmaxRow } from './rows.js';
import type { DrawContext, Sampler } from './sampler.js';
import { sigmoidSampler } from './sigmoid.js';

const space = createSpace({ name: 'nasbench201', primitives: ['none', 'skip_connect', 'nor_conv_3x3'] });
const { groups } = space;
const rows = 6;
const ROW = [0.5, -1, 1.5];
const values = Float32Array.from({ length: rows * 3 }, (_, index) => ROW[index % 3] ?? 0);
const alpha = new Map([['cell', tensor(values, [rows, 3])]]);

const context = (seed: number, epoch = 0, epochs = 1): DrawContext => ({
  epoch,
  epochs,
  draw: 0,
  stream: (group, attempt) => randomStream(seed, group, attempt),
  common: (group) => randomStream(seed, group),
});

function weightsOf(sampler: Sampler, at: DrawContext, from: ReadonlyMap<string, Tensor> = alpha): Tensor {
  const weights = sampler.draw(groups, from, at).weights.get('cell');
  if (weights === undefined) throw new RangeError('no weights');
  return weights;
}

const rowsOf = (flat: Float32Array) =>
  Array.from({ length: flat.length / 3 }, (_, row) => [...flat.subarray(3 * row, 3 * row + 3)]);

describe('gumbel_softmax', () => {
  const sampler = gumbelSoftmaxSampler({ temperature: { from: 5, to: 0.02 } });

  it('draws from the simplex: near its middle at a high temperature, near a corner at a low one', () => {
    const largest = (epoch: number) =>
      rowsOf(read(weightsOf(sampler, context(3, epoch, 2)))).map((row) => Math.max(...row));
    for (const row of rowsOf(read(weightsOf(sampler, context(3, 0, 2))))) {
      expect(row.reduce((total, weight) => total + weight, 0)).toBeCloseTo(1, 5);
    }
    expect(Math.max(...largest(0))).toBeLessThan(0.8);
    expect(largest(1).filter((weight) => weight > 0.99).length).toBeGreaterThanOrEqual(rows - 1);
  });

  it('has its largest weight where a draw from the softmax of α falls', () => {
    const counts = [0, 0, 0];
    for (let seed = 0; seed < 500; seed++) {
      for (const row of rowsOf(read(weightsOf(sampler, context(seed))))) {
        const at = row.indexOf(Math.max(...row));
        counts[at] = (counts[at] ?? 0) + 1 / (500 * rows);
      }
    }
    softmaxRow(ROW).forEach((share, index) => {
      expect(counts[index]).toBeCloseTo(share, 1);
    });
  });
});

describe('reinmax', () => {
  const sampler = reinmaxSampler({ temperature: { from: 1, to: 1 } });
  /** A loss that is linear in the weights, Σ cᵢwᵢ. */
  const slopes = [1, -2, 0.5];
  const cost = tensor(
    Float32Array.from({ length: rows * 3 }, (_, index) => slopes[index % 3] ?? 0),
    [rows, 3],
  );

  const gradientOf = (at: DrawContext): readonly (readonly number[])[] => {
    const own = variable(values, [rows, 3], 'cell');
    const { gradients } = valueAndGradients(
      () => sum(mul(weightsOf(sampler, at, new Map([['cell', own.value]])), cost)),
      [own],
    );
    const [gradient = tensor([0])] = gradients;
    return rowsOf(read(gradient));
  };

  /** (diag(p) − ppᵀ)c. */
  const jacobian = (p: readonly number[], c: readonly number[]) => {
    const mean = p.reduce((total, share, index) => total + share * (c[index] ?? 0), 0);
    return p.map((share, index) => share * ((c[index] ?? 0) - mean));
  };

  it('draws one option a row, as often as the softmax of α says', () => {
    const counts = [0, 0, 0];
    for (let seed = 0; seed < 500; seed++) {
      for (const row of rowsOf(read(weightsOf(sampler, context(seed))))) {
        expect([...row].sort()).toEqual([0, 0, 1]);
        counts[row.indexOf(1)] = (counts[row.indexOf(1)] ?? 0) + 1 / (500 * rows);
      }
    }
    softmaxRow(ROW).forEach((share, index) => {
      expect(counts[index]).toBeCloseTo(share, 1);
    });
  });

  it('has the gradient of algorithm 2, 2·J(π₁)c − J(π₀)c/2 with π₁ = (π₀ + D)/2', () => {
    const at = context(5);
    const drawn = rowsOf(read(weightsOf(sampler, at)));
    const first = softmaxRow(ROW);
    gradientOf(at).forEach((gradient, row) => {
      const second = first.map((share, index) => (share + (drawn[row]?.[index] ?? 0)) / 2);
      const [a, b] = [jacobian(second, slopes), jacobian(first, slopes)];
      gradient.forEach((value, index) => {
        expect(value).toBeCloseTo(2 * (a[index] ?? 0) - (b[index] ?? 0) / 2, 5);
      });
    });
  });

  it('is unbiased where the loss is linear: its mean is J(π₀)c', () => {
    const draws = 400;
    const mean = [0, 0, 0];
    for (let seed = 0; seed < draws; seed++) {
      for (const row of gradientOf(context(seed))) {
        row.forEach((value, index) => {
          mean[index] = (mean[index] ?? 0) + value / (draws * rows);
        });
      }
    }
    jacobian(softmaxRow(ROW), slopes).forEach((value, index) => {
      expect(Math.abs((mean[index] ?? 0) - value)).toBeLessThan(0.03);
    });
  });
});

it('sigmoid weighs each option by itself', () => {
  const found = rowsOf(read(weightsOf(sigmoidSampler(), context(1))))[0] ?? [];
  ROW.forEach((value, index) => {
    expect(found[index]).toBeCloseTo(1 / (1 + Math.exp(-value)), 6);
  });
});

it('reinmax refuses a temperature below 1, and spaces that keep several options', () => {
  const profile = { name: 'mine', sampler: { name: 'reinmax', temperature: { from: 10, to: 0.1 } } };
  expect(() => resolveProfile(profile, space)).toThrow('profile.sampler.temperature.to');
  const several = createSpace({ name: 'nasbench1shot1', subspace: 1 });
  const plain = { name: 'mine', sampler: { name: 'reinmax' } };
  expect(() => resolveProfile(plain, several)).toThrow('reinmax draws one option');
});
