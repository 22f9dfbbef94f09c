import { afterAll, expect, it } from 'vitest';
import { selectBackend } from '../backend/select.js';
import { memory, tidy } from '../tensor/memory.js';
import { read } from '../tensor/read.js';
import { describeOnBackends, on } from './testing/backends.js';
import { cases } from './testing/cases.js';
import { compareSlopes } from './testing/finite-differences.js';
import { filled, relativeDifference } from './testing/numbers.js';

describeOnBackends('every op', (backend) => {
  afterAll(async () => {
    await selectBackend({ backend: 'reference' });
  });

  it.each(cases.map((c) => [c.name, c] as const))(
    '%s: the gradient is the slope, and nothing leaks',
    async (_name, c) => {
      await on(backend, () => {
        const inputs = c.inputs.map(([shape, fill], i) => ({ values: fill(shape, i), shape }));
        const before = memory().tensors;
        for (const { analytic, numeric, scale } of compareSlopes(c.run, inputs, 2e-3)) {
          expect(Math.abs(analytic - numeric) / scale).toBeLessThan(4e-3);
        }
        expect(memory().tensors).toBe(before);
      });
    },
  );

  if (backend === 'reference') return;
  it.each(cases.map((c) => [c.name, c] as const))('%s: the values are those of the reference', async (_name, c) => {
    const values = (): Float32Array =>
      tidy(() => read(c.run(c.inputs.map(([shape, fill], i) => filled(fill, shape, i)))));
    expect(relativeDifference(await on(backend, values), await on('reference', values))).toBeLessThan(1e-5);
  });
});
