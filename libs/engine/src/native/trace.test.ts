import '../register.js';
import { describe, expect, it } from 'vitest';
import { selectBackend } from '../backend/select.js';
import { randomSchedule } from '../conformance/testing/random-schedule.js';
import { runSchedule } from '../conformance/testing/run-schedule.js';
import { loadAddon } from './addon.js';
import { traceKernels } from './trace.js';

describe.skipIf('reason' in loadAddon())('the trace of kernels', () => {
  it('tells the time and calls of what ran while it was on, longest first, and nothing of what ran before', async () => {
    await selectBackend({ backend: 'native', threads: 1 });
    const work = () => void runSchedule(randomSchedule(3), { batch: 4, mixPerImage: false, mode: 'train' });
    const once = traceKernels(work);
    expect(once.length).toBeGreaterThan(0);
    for (const { seconds, calls } of once) expect([seconds >= 0, calls > 0]).toEqual([true, true]);
    const times = once.map(({ seconds }) => seconds);
    expect(times).toEqual([...times].sort((a, b) => b - a));
    work();
    const calls = (found: typeof once) => Object.fromEntries(found.map((each) => [each.kernel, each.calls]));
    expect(calls(traceKernels(work))).toEqual(calls(once));
    expect(traceKernels(() => undefined)).toEqual([]);
  });
});
