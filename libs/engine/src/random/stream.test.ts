import { describe, expect, it } from 'vitest';
import { randomStream } from './stream.js';

const moments = (values: ArrayLike<number>): { mean: number; variance: number } => {
  const list = Array.from(values);
  const mean = list.reduce((a, b) => a + b, 0) / list.length;
  return { mean, variance: list.reduce((a, b) => a + (b - mean) ** 2, 0) / list.length };
};

const n = 40_000;

describe('a random stream', () => {
  it('is a pure function of seed, purpose and counter', () => {
    const draw = (): Float32Array => randomStream(3, 'sampler', 7).at(12).normal(5);
    expect(draw()).toEqual(draw());
    expect(randomStream(3, 'a').uniform(4)).toEqual(randomStream(3n, 'a').uniform(4));
    expect(randomStream(3, 'a').uniform(8).slice(0, 4)).toEqual(randomStream(3, 'a').uniform(4));
  });

  it.each([
    ['seed', randomStream(4, 'sampler', 7)],
    ['purpose', randomStream(3, 'data', 7)],
    ['number against string', randomStream(3, 'sampler', '7')],
    ['counter', randomStream(3, 'sampler', 7).at(1)],
    ['a counter beyond 32 bits', randomStream(3, 'sampler', 7).at(2 ** 32)],
  ])('differs by %s', (_what, other) => {
    expect(other.uniform(4)).not.toEqual(randomStream(3, 'sampler', 7).uniform(4));
  });

  const stream = randomStream(1, 'moments');

  it.each([
    ['uniform', stream.uniform(n), 1 / 2, 1 / 12],
    ['normal', stream.normal(n), 0, 1],
    ['exponential', stream.exponential(n), 1, 1],
    ['Gumbel', stream.gumbel(n), 0.5772156649, Math.PI ** 2 / 6],
    ['gamma of shape 0.3', stream.gamma(new Float64Array(n).fill(0.3)), 0.3, 0.3],
    ['gamma of shape 1', stream.gamma(new Float64Array(n).fill(1)), 1, 1],
    ['gamma of shape 7.5', stream.gamma(new Float64Array(n).fill(7.5)), 7.5, 7.5],
    ['integers below 10', stream.integers(n, 10), 4.5, 8.25],
  ])('%s numbers have their mean and variance', (_name, values, mean, variance) => {
    const found = moments(values);
    expect(Math.abs(found.mean - mean)).toBeLessThan(4 * Math.sqrt(variance / n));
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(0.06);
  });

  it('keeps uniform numbers in [0, 1) and integers below their bound', () => {
    expect(Math.max(...stream.uniform(10_000))).toBeLessThan(1);
    expect(new Set(stream.integers(10_000, 7))).toEqual(new Set([0, 1, 2, 3, 4, 5, 6]));
  });

  it('gives permutations, every order of three about as often', () => {
    expect([...stream.permutation(100)].sort((a, b) => a - b)).toEqual(Array.from({ length: 100 }, (_, i) => i));
    const counts = new Map<string, number>();
    for (let i = 0; i < 6000; i++) {
      const order = stream.at(i).permutation(3).join('');
      counts.set(order, (counts.get(order) ?? 0) + 1);
    }
    expect(counts.size).toBe(6);
    for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });

  it('gives Dirichlet rows that sum to 1 with the mean of their concentrations', () => {
    const alpha = [0.5, 1, 2.5];
    const rows = stream.dirichlet(
      Float64Array.from({ length: 3 * n }, (_, i) => alpha[i % 3] ?? 1),
      3,
    );
    for (const [k, a] of alpha.entries()) {
      const column = rows.filter((_, i) => i % 3 === k);
      expect(Math.abs(moments(column).mean - a / 4)).toBeLessThan(0.006);
      // Var = m(1−m)/(α₀+1), α₀ = 4.
      expect(Math.abs(moments(column).variance / (((a / 4) * (1 - a / 4)) / 5) - 1)).toBeLessThan(0.06);
    }
    for (let i = 0; i < 30; i += 3) {
      expect((rows[i] ?? 0) + (rows[i + 1] ?? 0) + (rows[i + 2] ?? 0)).toBeCloseTo(1, 12);
    }
  });

  it('gives Dirichlet rows even where every gamma number vanishes', () => {
    const row = stream.dirichlet(Float64Array.of(1e-4, 1e-4, 1e-4), 3);
    expect(row.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 12);
  });

  it('moves no other gamma number when one shape changes', () => {
    const before = stream.gamma(Float64Array.of(1, 2, 3));
    const after = stream.gamma(Float64Array.of(1, 0.1, 3));
    expect([after[0], after[2]]).toEqual([before[0], before[2]]);
  });

  it('refuses what it cannot draw, naming it', () => {
    expect(() => randomStream(0.5, 'x')).toThrow(/seed.*0\.5/);
    expect(() => stream.at(-1)).toThrow(/counter.*-1/);
    expect(() => stream.integers(1, 0)).toThrow(/below.*0/);
    expect(() => stream.gamma(Float64Array.of(1, 0))).toThrow(/shape\[1\].*0/);
  });
});
