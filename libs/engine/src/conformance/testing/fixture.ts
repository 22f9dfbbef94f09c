import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sharedFolder } from '@oneshot/test/needs';
import type { NamedKernel } from './layout.js';

const folder = join(sharedFolder, 'peer', 'fixtures');

export const fixturesPresent = existsSync(folder);

interface Entry {
  readonly name: string;
  readonly shape: readonly number[];
  readonly offset: number;
}

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** Moves axes of a row-major array: `out` has the axes of `shape` in the given order. */
export function permuted(values: Float32Array, shape: readonly number[], order: readonly number[]): Float32Array {
  const strides = shape.map((_, d) => sizeOf(shape.slice(d + 1)));
  const lengths = order.map((d) => shape[d] ?? 1);
  const out = new Float32Array(values.length);
  const index = lengths.map(() => 0);
  for (let i = 0; i < out.length; i++) {
    out[i] = values[index.reduce((sum, at, d) => sum + at * (strides[order[d] ?? 0] ?? 0), 0)] as number;
    for (let d = lengths.length - 1; d >= 0; d--) {
      index[d] = (index[d] ?? 0) + 1;
      if (index[d] !== lengths[d]) break;
      index[d] = 0;
    }
  }
  return out;
}

/** Arrays that PyTorch computed. Activations become NHWC, kernels the layout of the bank. */
export class Fixture {
  readonly #entries: ReadonlyMap<string, Entry>;
  readonly #values: Float32Array;
  readonly meta: Readonly<Record<string, unknown>>;

  constructor(name: string) {
    const index = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as {
      meta: Record<string, unknown>;
      arrays: Entry[];
    };
    this.meta = index.meta;
    this.#entries = new Map(index.arrays.map((entry) => [entry.name, entry]));
    const bytes = readFileSync(join(folder, `${name}.f32`));
    this.#values = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  }

  raw(name: string): { values: Float32Array; shape: readonly number[] } {
    const entry = this.#entries.get(name);
    if (entry === undefined) throw new Error(`The fixture has no ${name}.`);
    return { values: this.#values.slice(entry.offset, entry.offset + sizeOf(entry.shape)), shape: entry.shape };
  }

  /** `[n, c, h, w]` → `[n, h, w, c]`. */
  activation(name: string): { values: Float32Array; shape: readonly number[] } {
    const { values, shape } = this.raw(name);
    const order = [0, 2, 3, 1];
    return { values: permuted(values, shape, order), shape: order.map((d) => shape[d] ?? 1) };
  }

  /** A weight bank, filled from the arrays `prefix + name`. */
  bank(prefix: string, kernels: readonly NamedKernel[], length: number): Float32Array {
    const bank = new Float32Array(length);
    for (const { name, offset, shape } of kernels) {
      const { values, shape: found } = this.raw(prefix + name);
      // [out, in, k, k] → [k, k, in, out]; depthwise [c, 1, k, k] → [k, k, c].
      bank.set(shape.length === 1 ? values : permuted(values, found, [2, 3, 1, 0]), offset);
    }
    return bank;
  }
}
