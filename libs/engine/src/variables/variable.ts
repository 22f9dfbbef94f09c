import { invalidArgument } from '../errors.js';
import { again } from '../tensor/again.js';
import { adopt, tensor } from '../tensor/create.js';
import { ownValues } from '../tensor/own-values.js';
import { read } from '../tensor/read.js';
import type { Tensor } from '../tensor/tensor.js';

/**
 * A named tensor that changes: what an optimizer trains and a checkpoint holds. It owns its value
 * until `dispose`.
 */
export class Variable {
  #value: Tensor;

  constructor(
    initial: Tensor,
    readonly name: string,
  ) {
    this.#value = own(initial);
  }

  /** The current value. Valid until the next `assign`. */
  get value(): Tensor {
    return this.#value;
  }

  get shape(): readonly number[] {
    return this.#value.shape;
  }

  /** Replaces the value by that of `next`, which stays with the caller. */
  assign(next: Tensor): void {
    if (next.shape.join() !== this.#value.shape.join() || next.dtype !== this.#value.dtype) {
      invalidArgument(
        `value of variable ${this.name}`,
        `expected ${this.#value.dtype} [${this.#value.shape.join(', ')}], found ${next.dtype} [${next.shape.join(', ')}]`,
      );
    }
    const before = this.#value;
    this.#value = own(next);
    before.dispose();
  }

  /** Changes the values in place where nobody else holds them, else in a copy. */
  update(change: (values: Float32Array) => void): void {
    const own = ownValues(this.#value);
    if (own !== null) {
      change(own);
      return;
    }
    const values = read(this.#value);
    change(values);
    const next = adopt(values, this.shape);
    this.assign(next);
    next.dispose();
  }

  dispose(): void {
    this.#value.dispose();
  }
}

/** A tensor of our own with the same values (shared, since tensors never change). */
function own(t: Tensor): Tensor {
  const copy = again(t);
  copy.kept = true;
  return copy;
}

/**
 * @param initial values; the array is copied
 * @param shape its product must be the number of values
 * @param name unique within a network
 */
export function variable(initial: Tensor | Float32Array, shape: readonly number[], name: string): Variable {
  if (!(initial instanceof Float32Array)) {
    if (initial.shape.join() !== shape.join()) {
      invalidArgument(
        `shape of variable ${name}`,
        `expected [${shape.join(', ')}], found [${initial.shape.join(', ')}]`,
      );
    }
    return new Variable(initial, name);
  }
  const first = tensor(initial, shape);
  const made = new Variable(first, name);
  first.dispose();
  return made;
}
