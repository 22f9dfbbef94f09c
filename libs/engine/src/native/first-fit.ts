/** Addresses `start … start + length`. */
export interface AddressRange {
  readonly start: number;
  readonly length: number;
}

/**
 * Hands out ranges of addresses, always the lowest that are free. What is given back in the reverse
 * order of its requests, as a network's tensors mostly are, leaves no holes, whatever the sizes: no
 * more is touched than was once in use together.
 */
export class FirstFit {
  /** Ascending, never adjacent. */
  readonly #free: { start: number; length: number }[];
  #touched = 0;
  #used = 0;

  /** @param size addresses there are; default: without end */
  constructor(size = Number.POSITIVE_INFINITY) {
    this.#free = [{ start: 0, length: size }];
  }

  /** Addresses below which all that was ever handed out lies. */
  get touched(): number {
    return this.#touched;
  }

  get used(): number {
    return this.#used;
  }

  /** Null where no free range is long enough. */
  take(length: number): AddressRange | null {
    const position = this.#free.findIndex((range) => range.length >= length);
    const range = this.#free[position];
    if (range === undefined) return null;
    const { start } = range;
    if (range.length === length) {
      this.#free.splice(position, 1);
    } else {
      range.start += length;
      range.length -= length;
    }
    this.#used += length;
    this.#touched = Math.max(this.#touched, start + length);
    return { start, length };
  }

  /** Takes back a range that `take` handed out. */
  give({ start, length }: AddressRange): void {
    this.#used -= length;
    let position = this.#free.findIndex((range) => range.start > start);
    if (position < 0) position = this.#free.length;
    const [before, after] = [this.#free[position - 1], this.#free[position]];
    const joinsBefore = before !== undefined && before.start + before.length === start;
    const joinsAfter = after !== undefined && start + length === after.start;
    if (joinsBefore && joinsAfter) {
      before.length += length + after.length;
      this.#free.splice(position, 1);
    } else if (joinsBefore) {
      before.length += length;
    } else if (joinsAfter) {
      after.start = start;
      after.length += length;
    } else {
      this.#free.splice(position, 0, { start, length });
    }
  }
}
