import { createSpace, formatGenotype, genotypeAt, parseGenotype, spaceSize } from '@oneshot/nas';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TabularBenchmark } from '../tabular/benchmark.js';
import { idealPrior } from './ideal-prior.js';
import { identificationQuality } from './identification.js';
import { combinedScore, relianceOf } from './reliance.js';
import { architectureProbabilities } from './sampling-distribution.js';
import { samplingQuality } from './sampling-quality.js';
import { summariseTwoStage, type TwoStageRecord } from './summary.js';

// A space of 2⁶ cells, and a table of it in which an architecture is the better the more
// convolutions it has.
const space = createSpace({ name: 'nasbench201', primitives: ['none', 'nor_conv_3x3'] });
const notations = Array.from({ length: spaceSize(space) }, (_, index) => formatGenotype(genotypeAt(space, index)));
const accuracies = Float64Array.from(notations, (text) => 50 + 5 * (text.split('nor_conv').length - 1));
const table: TabularBenchmark = {
  ...{ name: 'tiny', source: 'made by the test', size: notations.length, metrics: [], datasets: [], devices: [] },
  find: (architecture) =>
    notations.indexOf(typeof architecture === 'string' ? architecture : formatGenotype(architecture)),
  notation: (index) => notations[index] ?? '',
  canonical: (index) => index,
  column: () => accuracies,
  value: (index) => accuracies[index] ?? Number.NaN,
  cost: () => ({ parameters: 0, megaFlops: 0 }),
  latency: () => 0,
};
const edges = (convolution: number) =>
  [
    [1, 0],
    [2, 0],
    [2, 1],
    [3, 0],
    [3, 1],
    [3, 2],
  ].map(([node = 0, from = 0]) => ({
    group: 'cell',
    node,
    from,
    probabilities: { none: 1 - convolution, nor_conv_3x3: convolution },
  }));

describe('a sampling distribution', () => {
  it('is the product of its edges: a binomial number of convolutions', () => {
    const probabilities = architectureProbabilities(table, edges(0.7));
    expect(probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    const best = table.find(notations.find((text) => !text.includes('none')) ?? '');
    expect(probabilities[best]).toBeCloseTo(0.7 ** 6, 12);
  });

  it('has the mean accuracy of a binomial, and more mass on the best than uninformed drawing', () => {
    const { expectedAccuracy, uniformAccuracy, curve, superiority } = samplingQuality(
      architectureProbabilities(table, edges(0.7)),
      accuracies,
    );
    expect(expectedAccuracy).toBeCloseTo(50 + 5 * 6 * 0.7, 10);
    expect(uniformAccuracy).toBeCloseTo(65, 10);
    expect(curve[0]).toEqual({ share: 1 / 64, accuracy: 80, value: expect.closeTo(0.7 ** 6, 12) });
    expect(curve.at(-1)).toMatchObject({ share: 1, value: expect.closeTo(1, 12) });
    for (const { share, value } of curve.slice(0, -1)) expect(value).toBeGreaterThan(share);
    expect(superiority).toBeGreaterThan(0.7);
  });

  it('that is uniform is no better than the baseline', () => {
    const quality = samplingQuality(architectureProbabilities(table, edges(0.5)), accuracies);
    expect(quality.superiority).toBeCloseTo(0.5, 12);
    for (const { share, value } of quality.curve) expect(value).toBeCloseTo(share, 12);
  });

  it('is refused edge by edge', () => {
    const some = edges(0.5);
    expect(() => architectureProbabilities(table, some.slice(1))).toThrow('cell, edge from 0 to 1: found nothing');
    expect(() => architectureProbabilities(table, [...some, ...some.slice(0, 1)])).toThrow('found a second entry');
    expect(() =>
      architectureProbabilities(table, [{ group: 'cell', node: 1, from: 0, probabilities: { none: 0.9 } }]),
    ).toThrow('allowed is probabilities that add up to 1');
  });
});

describe('an ideal prior', () => {
  const prior = idealPrior(table, 'accuracy');

  it('draws the better the likelier, linearly in the rank', () => {
    expect(prior.probabilities.reduce((sum, value) => sum + value, 0)).toBeCloseTo(1, 12);
    // One architecture of rank 1, six of mean rank 4.5, of n = 64: weight n + 1 − rank.
    const best = accuracies.indexOf(80);
    const second = accuracies.indexOf(75);
    expect((prior.probabilities[best] ?? 0) / (prior.probabilities[second] ?? 0)).toBeCloseTo(64 / 60.5, 10);
    expect(samplingQuality(prior.probabilities, accuracies).superiority).toBeGreaterThan(0.6);
  });

  it('draws each architecture on its own share of [0, 1), and knows the share of every option', () => {
    const counts = new Float64Array(64);
    for (let i = 0; i < 6400; i++) {
      const drawn = table.find(prior.draw((i + 0.5) / 6400));
      counts[drawn] = (counts[drawn] ?? 0) + 1 / 6400;
    }
    counts.forEach((share, index) => {
      expect(Math.abs(share - (prior.probabilities[index] ?? 0))).toBeLessThan(2e-4);
    });
    const cell = prior.marginals(space).get('cell') ?? [];
    for (let row = 0; row < 6; row++) {
      expect((cell[2 * row] ?? 0) + (cell[2 * row + 1] ?? 0)).toBeCloseTo(1, 5);
      expect(cell[2 * row + 1]).toBeGreaterThan(0.5);
    }
    expect(prior.draw(1 - 2 ** -53)).toEqual(parseGenotype(notations[63] ?? ''));
  });
});

describe('top-architecture identification', () => {
  it('is 1 everywhere for perfect estimates, and finds nothing at the top when they are reversed', () => {
    const truth = Array.from({ length: 50 }, (_, index) => index);
    const perfect = identificationQuality(truth, truth);
    expect(perfect.curve.every(({ value }) => value === 1)).toBe(true);
    expect([perfect.topTenth, perfect.tau]).toEqual([1, 1]);
    const reversed = identificationQuality(
      truth.map((value) => -value),
      truth,
    );
    expect([reversed.topTenth, reversed.tau]).toEqual([0, -1]);
  });

  it('is the baseline where all estimates are equal', () => {
    const { curve, tau } = identificationQuality(
      new Array(40).fill(0.1),
      Array.from({ length: 40 }, (_, i) => i),
    );
    expect(tau).toBeNull();
    for (const { share, value } of curve) expect(value).toBeCloseTo(share, 12);
  });

  it('lies between 0 and 1, and is 1 for all architectures, whatever the numbers', () => {
    const values = fc.array(fc.tuple(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 9 })), {
      minLength: 2,
      maxLength: 40,
    });
    fc.assert(
      fc.property(values, (pairs) => {
        const { curve } = identificationQuality(
          pairs.map(([estimate]) => estimate),
          pairs.map(([, truth]) => truth),
        );
        for (const { value } of curve) expect(value >= 0 && value <= 1 + 1e-12).toBe(true);
        expect(curve.at(-1)?.value).toBeCloseTo(1, 12);
      }),
    );
  });
});

describe('two stages together', () => {
  it("have the paper's score: a good trainer with a selector that relies on what it is good at is best", () => {
    expect(combinedScore({ distribution: 1, weights: 1 }, { distribution: 1, weights: 1 })).toBe(1);
    expect(combinedScore({ distribution: 2, weights: 3 }, { distribution: 1, weights: 3 })).toBe(2 * 2 * 3);
    expect(relianceOf({ NU: 80, RU: 85, RI: 91 })).toEqual({ distribution: 6, weights: 5 });
  });

  const quality = (superiority: number) => ({
    curve: [],
    expectedAccuracy: 0,
    uniformAccuracy: 0,
    topTenth: 0,
    superiority,
  });
  const known = (tau: number) => ({ curve: [], topTenth: 0, tau, architectures: 10 });
  const record = (trainer: string, selector: string, accuracy: number, seed = 0): TwoStageRecord => ({
    trainer,
    selector,
    seed,
    accuracy,
  });
  const records = [
    ...[0, 1].flatMap((seed) => [
      { ...record('a', 'alpha', 90 + seed, seed), sampling: quality(0.9), identification: known(0.2) },
      { ...record('a', 'weights', 85, seed), sampling: quality(0.9), identification: known(0.2) },
      { ...record('b', 'alpha', 80, seed), sampling: quality(0.6), identification: known(0.5) },
      { ...record('b', 'weights', 88, seed), sampling: quality(0.6), identification: known(0.5) },
    ]),
    ...Object.entries({ NI: 75, NU: 60, RU: 60, RI: 80 }).map(([name, accuracy]) => record(name, 'alpha', accuracy)),
    ...Object.entries({ NI: 70, NU: 60, RU: 75, RI: 79 }).map(([name, accuracy]) => record(name, 'weights', accuracy)),
  ];

  it('are told apart: trainers, selectors, and combinations in the order of their score', () => {
    const summary = summariseTwoStage(records);
    expect(summary.trainers.map(({ trainer, seeds, superiority, tau }) => [trainer, seeds, superiority, tau])).toEqual([
      ['a', 2, 0.9, 0.2],
      ['b', 2, 0.6, 0.5],
    ]);
    expect(summary.selectors.map(({ selector, reliance }) => [selector, reliance])).toEqual([
      ['alpha', { distribution: 20, weights: 0 }],
      ['weights', { distribution: 4, weights: 15 }],
    ]);
    // alpha ranks (1, 2), weights (2, 1); a ranks (1, 2), b (2, 1).
    expect(
      summary.combinations.map(({ trainer, selector, accuracy, score }) => [trainer, selector, accuracy, score]),
    ).toEqual([
      ['a', 'alpha', 90.5, 2],
      ['b', 'weights', 88, 2],
      ['a', 'weights', 85, 8],
      ['b', 'alpha', 80, 8],
    ]);
    expect(summary.agreement).toBeGreaterThan(0.8);
  });

  it('go without a score where baselines were not run', () => {
    const { combinations, agreement } = summariseTwoStage(records.slice(0, 8));
    expect(combinations.map(({ score }) => score)).toEqual([null, null, null, null]);
    expect(agreement).toBeNull();
  });
});
