import { describe, expect, it } from 'vitest';
import { describeOnBackends, on } from '../conformance/testing/backends.js';
import { tensor } from '../tensor/create.js';
import { memory } from '../tensor/memory.js';
import { read } from '../tensor/read.js';
import { variable } from '../variables/variable.js';
import { Adam } from './adam.js';
import { clipGlobalNorm } from './clip-global-norm.js';
import { MomentumSgd } from './momentum-sgd.js';
import type { Optimizer } from './optimizer.js';
import { cosineSchedule, linearSchedule } from './schedules.js';

/** The weight after each of three steps from 1 with gradients 0.5, 0.5, −1 at learning rate 0.1. */
function path(optimizer: Optimizer): number[] {
  const w = variable(Float32Array.of(1), [1], 'w');
  const weights = [0.5, 0.5, -1].map((g) => {
    const gradient = tensor([g]);
    optimizer.apply([w], [gradient], 0.1);
    gradient.dispose();
    return read(w.value)[0] as number;
  });
  w.dispose();
  return weights;
}

const close = (found: readonly number[], expected: readonly number[]): void =>
  found.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] as number, 5);
  });

describeOnBackends('optimizers', (backend) => {
  it('SGD with momentum: v = 0.5, 0.95, −0.145', async () => {
    await on(backend, () => close(path(new MomentumSgd({ momentum: 0.9, weightDecay: 0 })), [0.95, 0.855, 0.8695]));
  });

  it('SGD with weight decay in the gradient: v = 0.6, 1.134, 0.10328', async () => {
    const expected = [0.94, 0.8266, 0.816272];
    await on(backend, () => close(path(new MomentumSgd({ momentum: 0.9, weightDecay: 0.1 })), expected));
  });

  it('SGD with decoupled weight decay subtracts 0.01·w besides', async () => {
    const options = { momentum: 0.9, weightDecay: 0.1, decoupledWeightDecay: true };
    await on(backend, () => close(path(new MomentumSgd(options)), [0.94, 0.8356, 0.841744]));
  });

  it('SGD with Nesterov momentum steps by g + 0.9·v', async () => {
    const options = { momentum: 0.9, weightDecay: 0, nesterov: true };
    await on(backend, () => close(path(new MomentumSgd(options)), [0.905, 0.7695, 0.88255]));
  });

  it('Adam’s first steps have the length of the learning rate', async () => {
    // m̂/√v̂ = 1, 1, then (β 0.5, 0.999): m̂ = −0.3571429, v̂ = 0.5002502.
    const expected = [0.9, 0.8, 0.8 + 0.1 * (0.35714286 / Math.sqrt(0.50025025))];
    await on(backend, () => close(path(new Adam({ beta1: 0.5, beta2: 0.999 })), expected));
  });

  it('AdamW subtracts learning rate · weight decay · w besides', async () => {
    const adam = new Adam({ beta1: 0.5, beta2: 0.999, weightDecay: 0.1, decoupledWeightDecay: true });
    await on(backend, () => close(path(adam).slice(0, 2), [0.89, 0.7811]));
  });

  it.each([
    ['SGD', () => new MomentumSgd({ momentum: 0.9, weightDecay: 3e-4 })],
    ['Adam', () => new Adam({ beta1: 0.5, beta2: 0.999, weightDecay: 1e-3 })],
  ])('%s goes on bit for bit from a restored state', async (_name, make) => {
    await on(backend, () => {
      const run = (interrupted: boolean): Float32Array => {
        let optimizer: Optimizer = make();
        const w = variable(Float32Array.of(1, -2, 0.3), [3], 'w');
        for (let i = 0; i < 6; i++) {
          if (interrupted && i === 3) {
            const state = optimizer.state();
            optimizer = make();
            optimizer.restore(state);
          }
          const gradient = tensor([Math.sin(i), Math.cos(i), 0.1 * i]);
          optimizer.apply([w], [gradient], 0.05);
          gradient.dispose();
        }
        const values = read(w.value);
        w.dispose();
        return values;
      };
      const before = memory().tensors;
      expect(run(true)).toEqual(run(false));
      expect(memory().tensors).toBe(before);
    });
  });

  it('the common norm of all gradients is clipped to the maximum', async () => {
    await on(backend, () => {
      const given = [tensor([3, 0]), tensor([[0], [4]])];
      const { gradients, norm } = clipGlobalNorm(given, 1);
      expect(norm).toBeCloseTo(5, 6);
      close([...gradients.flatMap((g) => [...read(g)])], [0.6, 0, 0, 0.8]);
      const untouched = clipGlobalNorm(given, 6);
      expect(untouched.gradients).toEqual(given);
      for (const t of [...given, ...gradients]) t.dispose();
    });
  });
});

describe('optimizers', () => {
  it('refuse constants out of range, naming them', () => {
    expect(() => new MomentumSgd({ momentum: 1, weightDecay: 0 })).toThrow(/momentum.*\[0, 1\).*1/);
    expect(() => new Adam({ beta1: 0.9, beta2: Number.NaN })).toThrow(/beta2.*NaN/);
  });

  it('refuse gradients that do not fit their variables', () => {
    const w = variable(Float32Array.of(1, 2), [2], 'w');
    expect(() => new MomentumSgd({ momentum: 0, weightDecay: 0 }).apply([w], [tensor([1])], 0.1)).toThrow(
      /gradients\[0\]/,
    );
  });
});

describe('schedules', () => {
  it('run from one number to the other and stay there', () => {
    const cosine = cosineSchedule({ from: 0.025, to: 0.001, steps: 50 });
    expect([0, 25, 50, 60].map(cosine)).toEqual([0.025, 0.013, 0.001, 0.001].map((x) => expect.closeTo(x, 12)));
    const linear = linearSchedule({ from: 10, to: 0.1, steps: 4 });
    expect([0, 1, 4, 9].map(linear)).toEqual([10, 7.525, 0.1, 0.1].map((x) => expect.closeTo(x, 12)));
  });
});
