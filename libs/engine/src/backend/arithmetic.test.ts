import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { needs } from '@oneshot/test/needs';
import { afterAll, describe, expect, it } from 'vitest';
import '../register.js';
import { randomSchedule } from '../conformance/testing/random-schedule.js';
import { runSchedule } from '../conformance/testing/run-schedule.js';
import { loadAddon } from '../native/addon.js';
import { currentArithmetic, useArithmetic } from './arithmetic.js';
import { backendInfo, selectBackend } from './select.js';

const found = loadAddon();
const sets = 'reason' in found ? [] : found.addon.instructionSets();
const schedule = randomSchedule(4);
const run = () => runSchedule(schedule, { batch: 2, mixPerImage: false, mode: 'train' });

describe('the arithmetic of the native backend', needs('the native engine', !('reason' in found)), () => {
  afterAll(async () => {
    await selectBackend();
  });

  it('is that of the instructions asked for, and of the best ones by default', async () => {
    for (const simd of sets) {
      expect((await selectBackend({ backend: 'native', simd })).simd).toBe(simd);
      expect(currentArithmetic()).toEqual({ backend: 'native', simd, engine: '0.1.0' });
    }
    expect((await selectBackend({ backend: 'native' })).simd).toBe(sets[0]);
  });

  it('gives the same bits again after another was in use between', async () => {
    const results = new Map<string, unknown>();
    for (const simd of [...sets, ...sets]) {
      await selectBackend({ backend: 'native', simd });
      const result = run();
      expect(result).toEqual(results.get(simd) ?? result);
      results.set(simd, result);
    }
  });

  it('is taken over from an earlier result where this process may', async () => {
    await selectBackend({ backend: 'native' });
    expect(await useArithmetic({ ...currentArithmetic(), simd: 'scalar' })).toBe(true);
    expect(backendInfo().simd).toBe('scalar');
    expect(await useArithmetic({ ...currentArithmetic(), simd: 'some other' })).toBe(false);
    expect(await useArithmetic({ ...currentArithmetic(), engine: '0.0.1' })).toBe(false);
    expect(await useArithmetic({ ...currentArithmetic(), backend: 'reference', simd: 'none' })).toBe(false);
    expect(backendInfo().simd).toBe('scalar');
  });

  it.each(['scalar', 'avx2'])('goes no further than ONESHOT_SIMD=%s', (limit) => {
    const addon = fileURLToPath(new URL('../../native/oneshot.node', import.meta.url));
    const program = `console.log(JSON.stringify(require(${JSON.stringify(addon)}).instructionSets()))`;
    const { stdout } = spawnSync(process.execPath, ['-e', program], {
      env: { ...process.env, ONESHOT_SIMD: limit },
      encoding: 'utf8',
    });
    const own = sets.indexOf(limit as 'scalar' | 'avx2');
    expect(JSON.parse(stdout)).toEqual(own < 0 ? sets : sets.slice(own));
  });
});
