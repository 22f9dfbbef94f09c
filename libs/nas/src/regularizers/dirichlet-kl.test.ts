import { describe, expect, it } from 'vitest';
import { dirichletKl } from './dirichlet-kl.js';
import { digamma, logGamma, trigamma } from './special-functions.js';

describe('special functions', () => {
  // Closed forms: ln Γ(½) = ½ ln π; ψ(1) = −γ, ψ(½) = −γ − 2 ln 2; ψ′(1) = π²/6, ψ′(½) = π²/2.
  it('agree with closed forms to 12 digits', () => {
    const euler = 0.5772156649015329;
    expect(logGamma(0.5)).toBeCloseTo(0.5 * Math.log(Math.PI), 12);
    expect(logGamma(11)).toBeCloseTo(Math.log(3628800), 12);
    expect(digamma(1)).toBeCloseTo(-euler, 12);
    expect(digamma(0.5)).toBeCloseTo(-euler - 2 * Math.LN2, 12);
    expect(trigamma(1)).toBeCloseTo(Math.PI ** 2 / 6, 12);
    expect(trigamma(0.5)).toBeCloseTo(Math.PI ** 2 / 2, 12);
  });
});

describe('KL divergence to Dirichlet(1)', () => {
  it('is 0 with gradient 0 at α = 0, where both are the same', () => {
    const { value, gradient } = dirichletKl(new Float32Array(8), 4);
    expect(value).toBeCloseTo(0, 12);
    expect([...gradient].every((slope) => Math.abs(slope) < 1e-6)).toBe(true);
  });

  it('of a Beta(2, 1) is ln 2 − ½', () => {
    // α = (1, 0): density 2x; ∫ 2x ln 2x dx = ln 2 − ½.
    expect(dirichletKl(Float32Array.from([1, 0]), 2).value).toBeCloseTo(Math.LN2 - 0.5, 12);
  });

  it('has the gradient that finite differences have', () => {
    const alpha = Float32Array.from([0.5, -1, 1.5, -0.25, 0.125, 2]);
    const { gradient } = dirichletKl(alpha, 3);
    const step = 2 ** -10;
    alpha.forEach((value, index) => {
      const at = (shift: number) => dirichletKl(alpha.with(index, value + shift), 3).value;
      expect(gradient[index]).toBeCloseTo((at(step) - at(-step)) / (2 * step), 4);
    });
  });
});
