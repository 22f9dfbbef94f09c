import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { describeOnBackends, on } from '../conformance/testing/backends.js';
import { tensor } from '../tensor/create.js';
import { read } from '../tensor/read.js';
import { variable } from '../variables/variable.js';
import { Adam, type AdamOptions } from './adam.js';
import { MomentumSgd, type MomentumSgdOptions } from './momentum-sgd.js';
import type { Optimizer } from './optimizer.js';

type Case = { readonly name: string; readonly weights: readonly (readonly number[])[] } & (
  | { readonly optimizer: 'sgd'; readonly options: MomentumSgdOptions }
  | { readonly optimizer: 'adam'; readonly options: AdamOptions }
);

/**
 * Weights after each of eight steps by PyTorch's optimizers in float64, under the same gradients
 * and learning rates.
 */
const golden: {
  readonly start: readonly number[];
  readonly learningRates: readonly number[];
  readonly gradients: readonly (readonly number[])[];
  readonly cases: readonly Case[];
} = JSON.parse(readFileSync(new URL('testing/pytorch.json', import.meta.url), 'utf8'));

const made = (each: Case): Optimizer =>
  each.optimizer === 'sgd' ? new MomentumSgd(each.options) : new Adam(each.options);

/** The weights after each step. */
function path(
  optimizer: Optimizer,
  start: readonly number[],
  gradients: readonly (readonly number[])[],
  rates: readonly number[],
): number[][] {
  const w = variable(Float32Array.from(start), [start.length], 'w');
  const weights = gradients.map((values, step) => {
    const gradient = tensor([...values]);
    optimizer.apply([w], [gradient], rates[step] ?? 0);
    gradient.dispose();
    return [...read(w.value)];
  });
  w.dispose();
  return weights;
}

describeOnBackends('optimizers beside PyTorch', (backend) => {
  it.each(golden.cases)('$name: the same weights after every step, to 1e-6', async (each) => {
    await on(backend, () => {
      const found = path(made(each), golden.start, golden.gradients, golden.learningRates);
      each.weights.forEach((wanted, step) => {
        wanted.forEach((value, index) => {
          const off = Math.abs((found[step]?.[index] ?? Number.NaN) - value);
          expect(off, `weight ${index} after step ${step}`).toBeLessThan(1e-6 * Math.max(1, Math.abs(value)));
        });
      });
    });
  });
});

const number = fc.double({ min: -3, max: 3, noNaN: true });
const steps = fc.array(fc.array(number, { minLength: 3, maxLength: 3 }), { minLength: 1, maxLength: 6 });
const rate = fc.double({ min: 1e-4, max: 0.2, noNaN: true });
const decay = fc.double({ min: 0, max: 0.5, noNaN: true });

describe('properties of optimizers', () => {
  const start = [1, -2, 0.5];

  it('without weight decay AdamW is Adam, bit for bit', () => {
    fc.assert(
      fc.property(steps, rate, (gradients, learningRate) => {
        const rates = gradients.map(() => learningRate);
        const options = { beta1: 0.9, beta2: 0.999 };
        const adamw = new Adam({ ...options, decoupledWeightDecay: true });
        expect(path(adamw, start, gradients, rates)).toEqual(path(new Adam(options), start, gradients, rates));
      }),
    );
  });

  it('AdamW decays by learning rate × decay whatever the scale of the gradient, to which Adam is blind', () => {
    fc.assert(
      fc.property(rate, decay, fc.double({ min: 0.5, max: 100, noNaN: true }), (learningRate, weightDecay, scale) => {
        const options = { beta1: 0.9, beta2: 0.999, weightDecay, decoupledWeightDecay: true };
        const after = (factor: number) =>
          path(new Adam(options), start, [[1, -1, 2].map((g) => g * factor)], [learningRate]);
        const [[first = 0] = []] = after(1);
        const [[scaled = 0] = []] = after(scale);
        expect(scaled).toBeCloseTo(first, 5);
        // The first step of Adam has the length of the learning rate.
        expect(first).toBeCloseTo(1 - learningRate * weightDecay - learningRate, 5);
      }),
    );
  });

  it('no step of Adam is longer than learning rate / √(1 − β₂), however large the gradient', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e6, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 12 }),
        rate,
        (slopes, learningRate) => {
          const gradients = slopes.map((slope) => [slope]);
          const weights = path(
            new Adam({ beta1: 0.9, beta2: 0.999 }),
            [0],
            gradients,
            slopes.map(() => learningRate),
          );
          weights.forEach(([weight = 0], step) => {
            const [before = 0] = weights[step - 1] ?? [0];
            expect(Math.abs(weight - before)).toBeLessThanOrEqual((1.001 * learningRate) / Math.sqrt(1 - 0.999));
          });
        },
      ),
    );
  });

  it('looking ahead of SGD gives what the step gives, and changes nothing', () => {
    fc.assert(
      fc.property(steps, rate, decay, (gradients, learningRate, weightDecay) => {
        const optimizer = new MomentumSgd({ momentum: 0.9, weightDecay });
        const w = variable(Float32Array.from(start), [3], 'w');
        for (const values of gradients) {
          const gradient = tensor([...values]);
          const [ahead = new Float32Array(0)] = optimizer.ahead([w], [gradient], learningRate);
          optimizer.apply([w], [gradient], learningRate);
          gradient.dispose();
          read(w.value).forEach((value, index) => {
            expect(ahead[index]).toBeCloseTo(value, 4);
          });
        }
        w.dispose();
      }),
    );
  });
});
