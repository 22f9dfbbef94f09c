import { type AddressRange, type CellMemory, cellMemory, FirstFit, type Precision, pooledBytes } from '@oneshot/engine';
import { type Block, type NetworkDescription, valueShape } from '@oneshot/nas';

export interface PassOptions {
  /** Images per batch. */
  readonly batch: number;
  /** Whether weights get gradients, or only the coefficients. */
  readonly weights: boolean;
  readonly recompute: boolean;
  /** Default `float32`. */
  readonly precision?: Precision | undefined;
}

/**
 * The memory that forward and backward passes of networks take, pass after pass, found without
 * running them: what each cell keeps and its scratch from its plan, and the tensors between cells
 * in the order in which the engine makes and frees them. Classifiers are left out: they are small
 * beside the cells.
 */
export class PassMemory {
  /**
   * What the native engine holds besides tensors: what cells keep, and behind it the scratch of the
   * one that runs.
   */
  readonly #kept = new Space();
  readonly #tensors = new Space();

  /** The most bytes held at once in all passes so far. */
  get bytes(): number {
    return this.#kept.touched + this.#tensors.touched;
  }

  /** One forward and backward pass. False where the backend makes no plans. */
  pass({ blocks }: NetworkDescription, { batch, weights, ...how }: PassOptions): boolean {
    const cells = blocks.map((block) => {
      const memory = blockMemory(block, batch, how);
      const output = pooledBytes(batch * sizeOf(valueShape(block)));
      return { memory, from: block.from, weights: weightsOf(block), output };
    });
    const [kept, outputs, weightGradients]: [AddressRange[], AddressRange[], AddressRange[]] = [[], [], []];
    for (const { memory, output } of cells) {
      if (memory === null) return false;
      outputs.push(this.#tensors.take(output));
      kept.push(this.#kept.take(memory.keptBytes));
      this.#kept.use(memory.forwardBytes);
    }
    const gradients = new Map<number, AddressRange>();
    const last = cells.length - 1;
    const lastCell = cells[last];
    if (lastCell !== undefined) gradients.set(last, this.#tensors.take(lastCell.output));
    for (const [index, { memory, from, weights: weightCount }] of [...cells.entries()].reverse()) {
      const sources = from.filter((source) => source >= 0);
      const found = sources.map((source) => this.#tensors.take(cells[source]?.output ?? 0));
      if (weights) weightGradients.push(this.#tensors.take(pooledBytes(weightCount)));
      this.#kept.use(memory?.backwardBytes ?? 0);
      sources.forEach((source, position) => {
        const gradient = found[position] as AddressRange;
        const before = gradients.get(source);
        if (before === undefined) {
          gradients.set(source, gradient);
          return;
        }
        // A second gradient of the same state: their sum is made beside both.
        gradients.set(source, this.#tensors.take(gradient.length));
        this.#tensors.give(before);
        this.#tensors.give(gradient);
      });
      this.#tensors.give(gradients.get(index));
      this.#kept.give(kept[index]);
      this.#tensors.give(outputs[index]);
    }
    for (const range of weightGradients) this.#tensors.give(range);
    return true;
  }
}

/** What a block takes besides its result. */
function blockMemory(
  block: Block,
  batch: number,
  { recompute, precision = 'float32' }: Pick<PassOptions, 'recompute' | 'precision'>,
): CellMemory | null {
  switch (block.kind) {
    case 'cell':
      return cellMemory(block.schedule, batch, { mode: 'train', recompute, precision });
    case 'operation':
      // On the tape: one value between, as that of a norm behind its convolution.
      return { keptBytes: pooledBytes(batch * sizeOf(block.shape)), forwardBytes: 0, backwardBytes: 0 };
    case 'mix':
      // Every term is scaled, and every sum is a value of its own.
      return {
        keptBytes: block.from.length * pooledBytes(batch * sizeOf(block.shape)),
        forwardBytes: 0,
        backwardBytes: 0,
      };
  }
}

function weightsOf(block: Block): number {
  switch (block.kind) {
    case 'cell':
      return block.schedule.weightCount;
    case 'operation':
      return block.parameters.reduce((sum, { full, sort }) => sum + (sort === 'weight' ? sizeOf(full) : 0), 0);
    case 'mix':
      return 0;
  }
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}

/** Addresses without end, as both allocators of the native engine hand them out. */
class Space {
  readonly #ranges = new FirstFit();

  get touched(): number {
    return this.#ranges.touched;
  }

  take(length: number): AddressRange {
    return this.#ranges.take(length) ?? { start: 0, length: 0 };
  }

  give(range: AddressRange | undefined): void {
    if (range !== undefined) this.#ranges.give(range);
  }

  /** Takes a range and gives it back. */
  use(length: number): void {
    this.give(this.take(length));
  }
}
