import { expect, it } from 'vitest';
import { runCell } from '../cell/run.js';
import { tensor } from '../tensor/create.js';
import { memory, tidy } from '../tensor/memory.js';
import { read } from '../tensor/read.js';
import type { Tensor } from '../tensor/tensor.js';
import { describeOnBackends, on } from './testing/backends.js';
import { composedDifference } from './testing/composed-difference.js';
import { compareSlopes } from './testing/finite-differences.js';
import { relativeDifference } from './testing/numbers.js';
import { isSmooth, randomSchedule } from './testing/random-schedule.js';
import { cellInputs, type RunOptions, runSchedule } from './testing/run-schedule.js';

const seeds = Array.from({ length: 60 }, (_, i) => i);
const optionsOf = (seed: number): RunOptions => ({
  batch: 1 + (seed % 4),
  mixPerImage: seed % 3 === 1,
  mode: seed % 5 === 2 ? 'eval' : 'train',
});
const smooth = Array.from({ length: 400 }, (_, i) => i + 1000).filter((seed) => isSmooth(randomSchedule(seed)));

describeOnBackends('cells', (backend) => {
  it('are differentiated exactly: random smooth schedules against finite differences', async () => {
    expect(smooth.length).toBeGreaterThan(8);
    await on(backend, () => {
      for (const seed of smooth.slice(0, 20)) {
        const schedule = randomSchedule(seed);
        const options: RunOptions = { ...optionsOf(seed), batch: 3 };
        const { states, weights, mix, running } = cellInputs(schedule, options);
        const run = (all: readonly Tensor[]): Tensor =>
          runCell(schedule, {
            inputs: all.slice(0, states.length),
            weights: all[states.length] as Tensor,
            mix: all[states.length + 1] as Tensor,
            mode: options.mode,
            ...(options.mode === 'eval' ? { running: tensor(running.values, running.shape) } : {}),
          }).output;
        for (const { analytic, numeric, scale } of compareSlopes(run, [...states, weights, mix], 1e-3)) {
          expect(Math.abs(analytic - numeric) / scale, `schedule ${seed}`).toBeLessThan(2e-2);
        }
      }
    });
  });

  it('leave nothing behind', async () => {
    await on(backend, () => {
      runSchedule(randomSchedule(1), optionsOf(1));
      const before = memory().tensors;
      runSchedule(randomSchedule(1), optionsOf(1));
      expect(memory().tensors).toBe(before);
    });
  });

  it('give the same with and without a backward pass to follow', async () => {
    await on(backend, () => {
      for (const seed of seeds.slice(0, 10)) {
        const schedule = randomSchedule(seed);
        const options: RunOptions = { ...optionsOf(seed), mode: 'train' };
        const { states, weights, mix } = cellInputs(schedule, options);
        const alone = tidy(() =>
          read(
            runCell(schedule, {
              inputs: states.map(({ values, shape }) => tensor(values, shape)),
              weights: tensor(weights.values, weights.shape),
              mix: tensor(mix.values, mix.shape),
              mode: 'train',
            }).output,
          ),
        );
        expect(alone).toEqual(runSchedule(schedule, options).output);
      }
    });
  });

  if (backend === 'reference') return;

  it.each(seeds)('random schedule %i: everything as on the reference', async (seed) => {
    const schedule = randomSchedule(seed);
    const found = await on(backend, () => runSchedule(schedule, optionsOf(seed)));
    const expected = await on('reference', () => runSchedule(schedule, optionsOf(seed)));
    expect(Object.keys(found)).toEqual(Object.keys(expected));
    for (const [name, values] of Object.entries(expected)) {
      expect(relativeDifference(found[name] ?? [], values), name).toBeLessThan(2e-4);
    }
  });

  it('composed from this backend’s own primitives give what the fused executor gives', async () => {
    await on(backend, () => {
      for (const seed of seeds.slice(0, 10)) {
        const schedule = randomSchedule(seed);
        const options: RunOptions = { ...optionsOf(seed), mode: 'train' };
        expect(composedDifference(schedule, options)).toBeLessThan(1e-5);
      }
    });
  });
});
