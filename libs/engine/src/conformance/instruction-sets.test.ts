import { needs } from '@oneshot/test/needs';
import { afterAll, describe, expect, it } from 'vitest';
import '../register.js';
import { selectBackend } from '../backend/select.js';
import { loadAddon } from '../native/addon.js';
import { tidy } from '../tensor/memory.js';
import { read } from '../tensor/read.js';
import { on } from './testing/backends.js';
import { cases } from './testing/cases.js';
import { filled, relativeDifference, relativeDistance } from './testing/numbers.js';
import { randomSchedule } from './testing/random-schedule.js';
import { runSchedule } from './testing/run-schedule.js';

const found = loadAddon();
const sets = 'reason' in found ? (['scalar'] as const) : found.addon.instructionSets();

/**
 * A selection that takes seconds: `npm run test:conformance` runs everything with each of the sets.
 */
const schedules = Array.from({ length: 6 }, (_, i) => 100 + i);
const selected = cases.filter((_, i) => i % 5 === 0);

describe.each([...sets])('the instruction set %s', needs('the native engine', !('reason' in found)), (simd) => {
  afterAll(async () => {
    await selectBackend();
  });

  it.each(schedules)('runs random cell %i as the reference does', async (seed) => {
    const options = { batch: 3, mixPerImage: seed % 2 === 1, mode: 'train' } as const;
    const schedule = randomSchedule(seed);
    await selectBackend({ backend: 'native', simd });
    const run = runSchedule(schedule, options);
    const expected = await on('reference', () => runSchedule(schedule, options));
    for (const [name, values] of Object.entries(expected)) {
      expect(relativeDifference(run[name] ?? [], values), name).toBeLessThan(2e-4);
    }
  });

  it.each(schedules)('runs random cell %i of bf16 as the reference does', async (seed) => {
    const options = { batch: 3, mixPerImage: seed % 2 === 1, mode: 'train', precision: 'bf16' } as const;
    const schedule = randomSchedule(seed);
    await selectBackend({ backend: 'native', simd });
    const run = runSchedule(schedule, options);
    const expected = await on('reference', () => runSchedule(schedule, options));
    for (const [name, values] of Object.entries(expected)) {
      // The unit of bfloat16: sums in another order round to the neighbour now and then.
      expect(relativeDistance(run[name] ?? [], values), name).toBeLessThan(2 ** -8);
    }
  });

  it('runs single operations as the reference does', async () => {
    for (const { name, inputs, run } of selected) {
      const values = (): Float32Array =>
        tidy(() => read(run(inputs.map(([shape, fill], i) => filled(fill, shape, i)))));
      await selectBackend({ backend: 'native', simd });
      const own = values();
      expect(relativeDifference(own, await on('reference', values)), name).toBeLessThan(1e-5);
    }
  });
});
