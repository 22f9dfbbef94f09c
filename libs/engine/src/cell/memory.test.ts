import '../register.js';
import { needs } from '@oneshot/test/needs';
import { describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select.js';
import { partialCell } from '../conformance/testing/partial-cell.js';
import { randomSchedule } from '../conformance/testing/random-schedule.js';
import { type RunOptions, runSchedule } from '../conformance/testing/run-schedule.js';
import { loadAddon } from '../native/addon.js';
import { cellMemory } from './memory.js';

const native = loadAddon();
const options = (seed: number): RunOptions => ({ batch: 1 + (seed % 5), mixPerImage: false, mode: 'train' });

describe('the memory of a cell', needs('the native engine', 'addon' in native), () => {
  it.each([
    { recompute: false, precision: 'float32' },
    { recompute: true, precision: 'float32' },
    { recompute: false, precision: 'bf16' },
    { recompute: true, precision: 'bf16' },
  ] as const)('is known before it runs, to the byte (recompute: $recompute, $precision)', async (how) => {
    if ('reason' in native) return;
    const { addon } = native;
    await selectBackend({ backend: 'native', threads: 1 });
    const held = () => {
      const { usedBytes, freeBytes } = addon.poolStatistics();
      return usedBytes + freeBytes;
    };
    runSchedule(randomSchedule(0), { ...options(0), ...how });
    const random = Array.from({ length: 20 }, (_, seed) => randomSchedule(seed));
    const partial = [7, 18, 26].map((channels, i) => partialCell(channels, 4, i % 2 === 0));
    for (const [seed, schedule] of [...random, ...partial].entries()) {
      const expected = cellMemory(schedule, options(seed).batch, { mode: 'train', ...how });
      addon.releasePool();
      const before = held();
      runSchedule(schedule, { ...options(seed), ...how });
      const { keptBytes = 0, forwardBytes = 0, backwardBytes = 0 } = expected ?? {};
      expect(held() - before, `schedule ${seed}`).toBe(keptBytes + Math.max(forwardBytes, backwardBytes));
    }
  });

  it('shrinks to the statistics of norms between the passes when activations are made again', async () => {
    await selectBackend({ backend: 'native' });
    const schedule = partialCell(18, 4, false);
    const kept = cellMemory(schedule, 32, { mode: 'train' })?.keptBytes ?? 0;
    const recomputed = cellMemory(schedule, 32, { mode: 'train', recompute: true })?.keptBytes ?? 0;
    expect(recomputed).toBeLessThan(kept / 4);
    expect(cellMemory(schedule, 32, { mode: 'eval' })).toMatchObject({ keptBytes: 0, backwardBytes: 0 });
  });

  it('halves between the passes in bf16, but for the statistics of norms', async () => {
    await selectBackend({ backend: 'native' });
    for (const channels of [16, 18]) {
      const schedule = partialCell(channels, 4, false);
      const kept = cellMemory(schedule, 32, { mode: 'train' })?.keptBytes ?? 0;
      const halved = cellMemory(schedule, 32, { mode: 'train', precision: 'bf16' })?.keptBytes ?? 0;
      expect(halved / kept).toBeGreaterThan(0.5);
      expect(halved / kept).toBeLessThan(0.52);
    }
  });

  it('is not told by backends that make no plans', async () => {
    await selectBackend({ backend: 'reference' });
    expect(cellMemory(randomSchedule(3), 2, { mode: 'train' })).toBeNull();
  });
});

describe('activations made again from the inputs', needs('the native engine', 'addon' in native), () => {
  it.each(['float32', 'bf16'] as const)('change no bit of any result in %s', async (precision) => {
    await selectBackend({ backend: 'native' });
    for (let seed = 0; seed < 8; seed++) {
      const mode = seed % 4 === 3 ? 'eval' : 'train';
      const given: RunOptions = { batch: 3, mixPerImage: seed % 2 === 1, mode, precision };
      const schedule = randomSchedule(seed);
      expect(runSchedule(schedule, { ...given, recompute: true }), `schedule ${seed}`).toEqual(
        runSchedule(schedule, given),
      );
    }
  });
});
