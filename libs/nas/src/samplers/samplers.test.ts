import { randomStream, read, tensor } from '@oneshot/engine';
import { describe, expect, it } from 'vitest';
import { createSpace } from '../spaces/space.js';
import { dirichletMean, dirichletSampler } from './dirichlet.js';
import { gumbelSampler } from './gumbel.js';
import type { DrawContext, Sampler } from './sampler.js';
import { softmaxSampler } from './softmax.js';
import { uniformSampler } from './uniform.js';

const { groups } = createSpace({ name: 'nasbench201', primitives: ['none', 'skip_connect', 'nor_conv_3x3'] });
const rows = 6;
const values = Float32Array.from({ length: rows * 3 }, (_, index) => [0.5, -1, 1.5][index % 3] ?? 0);
const alpha = new Map([['cell', tensor(values, [rows, 3])]]);

const context = (seed: number, epoch = 0, epochs = 1): DrawContext => ({
  epoch,
  epochs,
  draw: 0,
  stream: (group, attempt) => randomStream(seed, group, attempt),
  common: (group) => randomStream(seed, group),
});

/** Mean weight of each option over rows and draws. */
function meanWeights(sampler: Sampler, draws: number, at: (seed: number) => DrawContext): number[] {
  const sums = [0, 0, 0];
  for (let seed = 0; seed < draws; seed++) {
    const weights = sampler.draw(groups, alpha, at(seed)).weights.get('cell');
    if (weights === undefined) throw new RangeError('no weights');
    read(weights).forEach((weight, index) => {
      sums[index % 3] = (sums[index % 3] ?? 0) + weight / (rows * draws);
    });
  }
  return sums;
}

const near = (found: readonly number[], wanted: readonly number[], digits: number) => {
  found.forEach((value, index) => {
    expect(value).toBeCloseTo(wanted[index] ?? Number.NaN, digits);
  });
};

/** softmax(0.5, −1, 1.5). */
const SOFTMAX = [0.2537, 0.0566, 0.6897];

describe('samplers', () => {
  it('softmax weighs by e^α', () => {
    near(meanWeights(softmaxSampler(), 1, context), SOFTMAX, 4);
  });

  it('gumbel draws one option per choice, as often as the softmax of α says, at any temperature', () => {
    const sampler = gumbelSampler({ temperature: { from: 10, to: 0.1 }, variant: 'official' });
    for (const epoch of [0, 9])
      near(
        meanWeights(sampler, 500, (seed) => context(seed, epoch, 10)),
        SOFTMAX,
        1,
      );
    const { active, weights, bare } = sampler.draw(groups, alpha, context(1));
    expect(bare).toBe(true);
    const drawn = weights.get('cell');
    const chosen = [...(active?.values() ?? [])].flat();
    expect(drawn).toBeDefined();
    read(drawn ?? tensor([0])).forEach((weight, index) => {
      expect(weight).toBeCloseTo(chosen[Math.floor(index / 3)] === groups[0]?.options[index % 3] ? 1 : 0, 6);
    });
  });

  it('gumbel cools linearly from the first epoch to the last', () => {
    const { temperature } = gumbelSampler({ temperature: { from: 10, to: 0.1 }, variant: 'official' });
    near(
      [0, 1, 2, 3, 4].map((epoch) => temperature?.(epoch, 5) ?? 0),
      [10, 7.525, 5.05, 2.575, 0.1],
      10,
    );
  });

  it('dirichlet draws lie on the simplex with mean proportional to elu(α) + 1', () => {
    // Concentrations 1.5, e⁻¹, 2.5.
    const mean = [1.5 / 4.3679, 0.3679 / 4.3679, 2.5 / 4.3679];
    near([...dirichletMean([0.5, -1, 1.5])], mean, 4);
    near(meanWeights(dirichletSampler(), 500, context), mean, 1);
    const drawn = dirichletSampler().draw(groups, alpha, context(3)).weights.get('cell');
    const flat = read(drawn ?? tensor([0]));
    for (let row = 0; row < rows; row++) {
      expect((flat[3 * row] ?? 0) + (flat[3 * row + 1] ?? 0) + (flat[3 * row + 2] ?? 0)).toBeCloseTo(1, 5);
    }
  });

  it('dirichlet draws tend to their mean where concentrations are large, along either path', () => {
    const large = new Map([
      [
        'cell',
        tensor(
          Float32Array.from(values, (_, i) => [2e6, 1e6, 5e6][i % 3] ?? 0),
          [rows, 3],
        ),
      ],
    ]);
    for (const path of [undefined, 'beta'] as const) {
      const drawn = read(dirichletSampler({ path }).draw(groups, large, context(4)).weights.get('cell') ?? tensor([0]));
      drawn.forEach((weight, index) => {
        expect(weight).toBeCloseTo([0.25, 0.125, 0.625][index % 3] ?? 0, 2);
      });
    }
  });

  it('uniform draws every option equally often, whatever α is', () => {
    near(meanWeights(uniformSampler(), 500, context), [1 / 3, 1 / 3, 1 / 3], 1);
  });

  it('draws are pure functions of their stream', () => {
    for (const sampler of [
      gumbelSampler({ temperature: { from: 1, to: 1 }, variant: 'official' }),
      dirichletSampler(),
      uniformSampler(),
    ]) {
      const [a, b] = [7, 7].map((seed) => sampler.draw(groups, alpha, context(seed)).weights.get('cell'));
      expect(read(a ?? tensor([0]))).toEqual(read(b ?? tensor([1])));
    }
  });
});
