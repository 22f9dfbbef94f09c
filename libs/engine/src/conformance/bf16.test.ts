import { expect, it } from 'vitest';
import { mul } from '../ops/elementwise.js';
import { sum } from '../ops/reduce.js';
import { roundBf16, roundGradientBf16 } from '../ops/round-bf16.js';
import { tensor } from '../tensor/create.js';
import { tidy } from '../tensor/memory.js';
import { read } from '../tensor/read.js';
import type { Tensor } from '../tensor/tensor.js';
import { valueAndGradients } from '../variables/gradients.js';
import { variable } from '../variables/variable.js';
import { describeOnBackends, on } from './testing/backends.js';
import { nearestBf16, roundingCases } from './testing/bf16.js';
import { normal, relativeDistance } from './testing/numbers.js';
import { partialCell } from './testing/partial-cell.js';
import { randomSchedule } from './testing/random-schedule.js';
import { type RunOptions, runSchedule } from './testing/run-schedule.js';

const optionsOf = (seed: number): RunOptions => ({
  batch: 1 + (seed % 4),
  mixPerImage: seed % 3 === 1,
  mode: seed % 5 === 2 ? 'eval' : 'train',
  precision: 'bf16',
});
const cells = [
  ...Array.from({ length: 40 }, (_, seed) => ({ schedule: randomSchedule(seed), options: optionsOf(seed) })),
  ...[7, 12, 18].map((channels, seed) => ({
    schedule: partialCell(channels, 4, seed % 2 === 1),
    options: optionsOf(3 * seed),
  })),
];

/** Half a unit of bfloat16's last place, relative. */
const UNIT = 2 ** -8;

function gradientOf(fn: (x: Tensor) => Tensor, slopes: Float32Array): Float32Array {
  const x = variable(normal([slopes.length], 1), [slopes.length], 'x');
  const found = tidy(() => {
    const { gradients } = valueAndGradients(
      () => ({ loss: sum(mul(fn(x.value), tensor(slopes, [slopes.length]))) }),
      [x],
    );
    return read(gradients[0] as Tensor);
  });
  x.dispose();
  return found;
}

describeOnBackends('bfloat16', (backend) => {
  it('is the nearest value, of two the even one; infinities, NaN and the smallest numbers stay what they are', async () => {
    const values = roundingCases();
    const rounded = await on(backend, () => tidy(() => read(roundBf16(tensor(values, [values.length])))));
    for (const [i, x] of values.entries()) {
      const found = rounded[i] as number;
      expect(Object.is(found, nearestBf16(x)), `${x} to ${found}, expected ${nearestBf16(x)}`).toBe(true);
    }
  });

  it('lets gradients pass; those of products are rounded themselves', async () => {
    const slopes = normal([50], 2);
    await on(backend, () => {
      expect(gradientOf(roundBf16, slopes)).toEqual(slopes);
      expect(gradientOf(roundGradientBf16, slopes)).toEqual(slopes.map(nearestBf16));
    });
  });

  it('is what nodes hold, and far less exact than float32', async () => {
    await on(backend, () => {
      for (const { schedule, options } of cells.slice(0, 10)) {
        const { output = new Float32Array(0) } = runSchedule(schedule, options);
        // States that are inputs stand in some outputs too.
        if (schedule.output.some((state) => state < schedule.inputs.length)) continue;
        expect(output).toEqual(output.map(nearestBf16));
        const exact = runSchedule(schedule, { ...options, precision: 'float32' });
        expect(relativeDistance(output, exact.output ?? [])).toBeLessThan(4 * UNIT);
      }
    });
  });

  if (backend === 'reference') return;

  // Sums in another order differ in float32's last places. Where one lies that near to the middle
  // of two bfloat16 values, it goes to the other one, and what hangs on it differs by a share of
  // the unit: rarely, so that most cells agree as float32 cells do.
  it('rounds at the places where the reference rounds', async () => {
    let alike = 0;
    for (const [i, { schedule, options }] of cells.entries()) {
      const found = await on(backend, () => runSchedule(schedule, options));
      const expected = await on('reference', () => runSchedule(schedule, options));
      expect(Object.keys(found)).toEqual(Object.keys(expected));
      const distances = Object.entries(expected).map(([name, values]) => relativeDistance(found[name] ?? [], values));
      expect(Math.max(...distances), `cell ${i}`).toBeLessThan(UNIT);
      if (distances.every((distance) => distance < 2e-5)) alike++;
    }
    expect(alike).toBeGreaterThan(0.8 * cells.length);
  });
});
