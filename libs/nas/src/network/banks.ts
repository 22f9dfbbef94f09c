import { read, type Tensor, type Variable, variable, zeros } from '@oneshot/engine';
import { shapeSize } from '../build/value.js';
import { NasError } from '../errors.js';
import { initialBank } from './initialise.js';
import type { BankId, ParameterEntry } from './parameter-table.js';

/**
 * Vectors of one sort (weights, or running statistics), with the names of what lies in them. An
 * array of its own has its shape, those of cells are flat.
 */
export class Banks {
  readonly #entries: readonly ParameterEntry[];
  readonly #variables = new Map<BankId, Variable>();

  constructor(entries: readonly ParameterEntry[], seed: number, label: (bank: BankId) => string) {
    this.#entries = entries;
    for (const bank of new Set(entries.map((entry) => entry.bank))) {
      const values = initialBank(entries, bank, seed);
      const [own, ...more] = entries.filter((entry) => entry.bank === bank);
      const shape = own?.name === bank && more.length === 0 ? own.shape : [values.length];
      this.#variables.set(bank, variable(values, shape, label(bank)));
    }
  }

  /** Every vector, in canonical order. */
  get variables(): readonly Variable[] {
    return [...this.#variables.values()];
  }

  get(bank: BankId): Variable | undefined {
    return this.#variables.get(bank);
  }

  /** The vector's value; an empty tensor where the bank holds nothing. */
  value(bank: BankId): Tensor {
    return this.#variables.get(bank)?.value ?? zeros([0]);
  }

  /** Copies of the named arrays. */
  read(): Record<string, Float32Array> {
    const values = new Map([...this.#variables].map(([bank, { value }]) => [bank, read(value)]));
    const arrays: Record<string, Float32Array> = {};
    for (const { name, bank, offset, shape } of this.#entries) {
      arrays[name] = (values.get(bank) ?? new Float32Array(0)).slice(offset, offset + shapeSize(shape));
    }
    return arrays;
  }

  /**
   * Takes named arrays over. Throws NasError `invalid_state` if one is missing or of another
   * length.
   */
  write(arrays: Readonly<Record<string, Float32Array>>): void {
    const faults = this.#entries.flatMap(({ name, shape }) => {
      const found = arrays[name]?.length;
      if (found === shapeSize(shape)) return [];
      const message = found === undefined ? 'missing' : `found ${found} values; expected ${shapeSize(shape)}`;
      return [{ path: name, message }];
    });
    if (faults.length > 0) throw new NasError('invalid_state', faults);
    for (const [bank, target] of this.#variables) {
      target.update((values) => {
        for (const { name, offset } of this.#entries.filter((entry) => entry.bank === bank)) {
          values.set(arrays[name] ?? [], offset);
        }
      });
    }
  }

  dispose(): void {
    for (const bank of this.#variables.values()) bank.dispose();
  }
}
