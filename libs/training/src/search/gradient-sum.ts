import { add, dispose, mul, type Tensor } from '@oneshot/engine';

/** Gradients of the same variables, added up pass after pass. What it is given it takes over. */
export class GradientSum {
  #total: readonly Tensor[] = [];
  #passes = 0;

  add(gradients: readonly Tensor[]): void {
    this.#passes++;
    if (this.#passes === 1) {
      this.#total = gradients;
      return;
    }
    this.#total = this.#total.map((total, index) => {
      const gradient = gradients[index];
      if (gradient === undefined) throw new RangeError('gradients of other variables');
      const sum = add(total, gradient);
      dispose(total, gradient);
      return sum;
    });
  }

  /** The sum; freed by the caller. */
  sum(): readonly Tensor[] {
    const total = this.#total;
    this.#total = [];
    return total;
  }

  /** The sum over the number of passes; freed by the caller. */
  mean(): readonly Tensor[] {
    const total = this.sum();
    if (this.#passes <= 1) return total;
    const means = total.map((gradient) => mul(gradient, 1 / this.#passes));
    dispose(...total);
    return means;
  }
}
