import { invalidArgument } from '../errors.js';

/** Everything an optimizer remembers, by name: what a checkpoint holds. */
export type OptimizerState = Record<string, Float32Array>;

/**
 * One array per variable, made of zeros on first use, exported and restored under `prefix/name`.
 */
export class Moments {
  readonly #arrays = new Map<string, Float32Array>();

  constructor(private readonly prefix: string) {}

  of(name: string, size: number): Float32Array {
    let found = this.#arrays.get(name);
    if (found === undefined) {
      found = new Float32Array(size);
      this.#arrays.set(name, found);
    }
    if (found.length !== size) {
      invalidArgument(`state ${this.prefix}/${name}`, `expected ${size} values, found ${found.length}`);
    }
    return found;
  }

  write(state: OptimizerState): void {
    for (const [name, values] of this.#arrays) state[`${this.prefix}/${name}`] = values.slice();
  }

  restore(state: OptimizerState): void {
    this.#arrays.clear();
    for (const [key, values] of Object.entries(state)) {
      if (key.startsWith(`${this.prefix}/`)) this.#arrays.set(key.slice(this.prefix.length + 1), values.slice());
    }
  }
}
