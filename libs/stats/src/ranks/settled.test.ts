import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bootstrapInterval,
  compareWithControl,
  conover,
  friedman,
  imanDavenport,
  nemenyi,
  pairwiseWilcoxon,
  quade,
  quadePairs,
  rankMethods,
  varghaDelaney,
  wilcoxonSignedRank,
  winTieLoss,
} from '../index.js';
import { settled, settledDifference } from './settled.js';

describe('settled', () => {
  it('makes equal what is equal but for rounding, in percent as in parts of one', () => {
    expect(0.3 - 0.2).not.toBe(0.2 - 0.1);
    expect(settledDifference(0.3, 0.2)).toBe(settledDifference(0.2, 0.1));
    expect(settledDifference(1e6 + 0.1, 1e6)).toBe(0.1);
    expect(settledDifference(0.1 + 0.2, 0.3)).toBe(0);
    expect(settledDifference(91.1, 91.12)).toBe(-0.02);
  });

  it('keeps decimals of twelve digits and less as they are, of any size', () => {
    const digits = fc.integer({ min: -999_999_999_999, max: 999_999_999_999 });
    fc.assert(
      fc.property(digits, fc.integer({ min: -300, max: 290 }), (whole, exponent) => {
        const value = Number(`${whole}e${exponent}`);
        expect(settled(value)).toBe(value);
      }),
    );
  });
});

describe('scores in another unit', () => {
  // Accuracies as they are printed, with few differences between them, so that ties of differences
  // are common.
  const scores = fc
    .tuple(fc.integer({ min: 3, max: 12 }), fc.integer({ min: 2, max: 5 }))
    .chain(([n, k]) =>
      fc.array(fc.array(fc.integer({ min: 8000, max: 8030 }), { minLength: k, maxLength: k }), {
        minLength: n,
        maxLength: n,
      }),
    )
    .filter((rows) => rows.some((row) => new Set(row).size > 1))
    .map((rows) => rows.map((row) => row.map((value) => value / 10_000)));
  const tests = (rows: readonly number[][]) => {
    const [x, y] = [0, 1].map((column) => rows.map((row) => row[column] ?? 0)) as [number[], number[]];
    return {
      friedman: friedman(rows).pValue,
      imanDavenport: imanDavenport(rows).pValue,
      quade: quade(rows).pValue,
      nemenyi: [...nemenyi(rows).pValues.values],
      wilcoxon: [...pairwiseWilcoxon(rows).adjustedPValues.values],
      pratt: wilcoxonSignedRank(x, y, { zeros: 'pratt' }).pValue,
      conover: [...conover(rows).adjustedPValues.values],
      quadePairs: [...quadePairs(rows).adjustedPValues.values],
      sign: winTieLoss(rows).map(({ wins, pValue }) => [wins, pValue]),
      within: winTieLoss(rows.map((row) => row.map((value) => value / (rows[0]?.[0] ?? 1)))).map(({ wins }) => wins),
      control: compareWithControl(rows, 0).map(({ adjustedPValue }) => adjustedPValue),
      a12: varghaDelaney(x, y),
    };
  };

  it('have the same p-values, counts and effect sizes', () => {
    fc.assert(
      fc.property(scores, fc.constantFrom(100, 0.01), (rows, factor) => {
        expect(tests(rows.map((row) => row.map((value) => value * factor)))).toEqual(tests(rows));
      }),
      { numRuns: 25 },
    );
  });

  it('have the same ranks of means over seeds', () => {
    const seeds = fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })), {
      minLength: 1,
      maxLength: 6,
    });
    fc.assert(
      fc.property(fc.array(seeds, { minLength: 1, maxLength: 5 }), fc.constantFrom(100, 0.01), (runs, factor) => {
        const ranks = (scale: (value: number) => number) =>
          rankMethods(
            runs.flatMap((own, at) =>
              own.flatMap(([a, b]) => [
                { method: 'a', benchmark: `${at}`, value: scale(a / 10) },
                { method: 'b', benchmark: `${at}`, value: scale(b / 10) },
              ]),
            ),
          ).map(({ method, averageRank }) => [method, averageRank]);
        expect(ranks((value) => value * factor)).toEqual(ranks((value) => value));
      }),
    );
  });

  it('have the same bootstrap intervals, though resamples that tie with the mean are rounded otherwise', () => {
    const values = [0.01, 0.02, 0.03, 0.01, 0.02];
    const { low, high } = bootstrapInterval(values, undefined, { resamples: 999 });
    const percent = bootstrapInterval(
      values.map((value) => value * 100),
      undefined,
      { resamples: 999 },
    );
    expect(percent.low / 100).toBeCloseTo(low, 12);
    expect(percent.high / 100).toBeCloseTo(high, 12);
  });
});
