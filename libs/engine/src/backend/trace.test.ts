import '../register.js';
import { needs } from '@oneshot/test/needs';
import { describe, expect, it } from 'vitest';
import { randomSchedule } from '../conformance/testing/random-schedule.js';
import { runSchedule } from '../conformance/testing/run-schedule.js';
import { loadAddon } from '../native/addon.js';
import { selectBackend } from './select.js';
import { traceKernels, tracePrimitives } from './trace.js';

describe('a trace', needs('the native engine', 'addon' in loadAddon()), () => {
  it('tells the kernels of a cell, the longest first, and counts nothing afterwards', async () => {
    await selectBackend({ backend: 'native' });
    const run = () => runSchedule(randomSchedule(5), { batch: 4, mixPerImage: false, mode: 'train' });
    const { result, kernels } = traceKernels(run);
    expect(result).toEqual(run());
    expect(kernels.map(({ kernel }) => kernel)).toContain('assemble node');
    const seconds = kernels.map((entry) => entry.seconds);
    expect(seconds).toEqual([...seconds].sort((a, b) => b - a));
    expect(traceKernels(() => 7)).toEqual({ result: 7, kernels: [] });
  });

  it('of primitives tells those a cell is made of, with the same results, and leaves cells as they were', async () => {
    await selectBackend({ backend: 'native' });
    const run = () => runSchedule(randomSchedule(5), { batch: 4, mixPerImage: false, mode: 'train' });
    const { result, kernels } = tracePrimitives(run);
    const fused = run();
    const largest = Math.max(...(fused.output ?? []).map(Math.abs));
    const difference = (result.output ?? []).map((value, i) => Math.abs(value - (fused.output?.[i] ?? Number.NaN)));
    expect(Math.max(...difference) / largest).toBeLessThan(1e-4);
    const names = kernels.map(({ kernel }) => kernel);
    expect(names).toContain('Multiply');
    expect(names.filter((name) => name.startsWith('OneshotCell'))).toEqual([]);
    expect(traceKernels(run).kernels.map(({ kernel }) => kernel)).toContain('assemble node');
  });

  it('is refused on other backends', async () => {
    await selectBackend({ backend: 'reference' });
    expect(() => traceKernels(() => 7)).toThrow('Only the native backend');
    expect(() => tracePrimitives(() => 7)).toThrow('Only the native backend');
  });
});
