import { randomStream } from '@oneshot/engine';
import { shapeSize } from '../build/value.js';
import type { BankId, ParameterEntry } from './parameter-table.js';

/**
 * Starting values of one bank, PyTorch's defaults: convolutions and dense layers uniform in
 * ±1/√fan_in (Kaiming uniform with a = √5), scales 1, shifts 0, running means 0, running variances
 * 1. Each array has its own stream, keyed by its name.
 */
export function initialBank(entries: readonly ParameterEntry[], bank: BankId, seed: number): Float32Array {
  const own = entries.filter((entry) => entry.bank === bank);
  const length = own.reduce((end, { offset, shape }) => Math.max(end, offset + shapeSize(shape)), 0);
  const values = new Float32Array(length);
  for (const { name, offset, shape, initialisation } of own) {
    const size = shapeSize(shape);
    if (initialisation.kind === 'constant') {
      values.fill(initialisation.value, offset, offset + size);
      continue;
    }
    const bound = 1 / Math.sqrt(initialisation.fanIn);
    const draws = randomStream(seed, 'init', name).uniform(size);
    for (let index = 0; index < size; index++) values[offset + index] = (2 * (draws[index] ?? 0) - 1) * bound;
  }
  return values;
}
