import { cellMemory, outputShape, pooledBytes } from '@oneshot/engine';
import type { Block } from '@oneshot/nas';
import { PoolModel } from './pool-model.js';

export interface PassOptions {
  /** Images per batch. */
  readonly batch: number;
  /** Whether weights get gradients, or only the coefficients. */
  readonly weights: boolean;
  readonly recompute: boolean;
}

/**
 * The memory that forward and backward passes of networks take, pass after pass, found without running them: what each cell keeps and
 * its scratch from its plan, and the tensors between cells in the order in which the engine makes and frees them. Classifiers are left
 * out: they are small beside the cells.
 */
export class PassMemory {
  /** The native backend's pool. */
  readonly #kept = new PoolModel({ stretch: 2, slack: 1.25 });
  readonly #tensors = new PoolModel();
  #scratch = 0;

  /** The most bytes held at once in all passes so far. */
  get bytes(): number {
    return this.#kept.peakBytes + this.#scratch + this.#tensors.peakBytes;
  }

  /** One forward and backward pass. False where the backend makes no plans. */
  pass(blocks: readonly Block[], { batch, weights, recompute }: PassOptions): boolean {
    const cells = blocks.map(({ schedule, from }) => {
      const memory = cellMemory(schedule, batch, { mode: 'train', recompute });
      const { height, width, channels } = outputShape(schedule);
      return { memory, from, weights: schedule.weightCount, output: pooledBytes(batch * height * width * channels) };
    });
    const kept: number[] = [];
    for (const { memory, output } of cells) {
      if (memory === null) return false;
      this.#tensors.take(output);
      kept.push(this.#kept.take(memory.keptBytes));
      this.#scratch = Math.max(this.#scratch, memory.forwardBytes, memory.backwardBytes);
    }
    const gradients = new Set<number>([cells.length - 1]);
    const last = cells.at(-1);
    if (last !== undefined) this.#tensors.take(last.output);
    for (const [index, { from, output, weights: weightCount }] of [...cells.entries()].reverse()) {
      const sources = from.filter((source) => source >= 0);
      const sizes = sources.map((source) => cells[source]?.output ?? 0);
      for (const size of sizes) this.#tensors.take(size);
      if (weights) this.#tensors.take(pooledBytes(weightCount));
      sources.forEach((source, position) => {
        const size = sizes[position] ?? 0;
        if (gradients.has(source)) {
          // A second gradient of the same state: their sum is made beside both.
          this.#tensors.take(size);
          this.#tensors.give(size);
          this.#tensors.give(size);
        }
        gradients.add(source);
      });
      this.#tensors.give(output);
      this.#kept.give(kept[index] ?? 0);
      // The output itself goes with the first cell that read it.
      for (const [earlier, cell] of cells.entries()) {
        if (firstReader(cells, earlier) === index) this.#tensors.give(cell.output);
      }
    }
    if (last !== undefined) this.#tensors.give(last.output);
    if (weights) for (const cell of cells) this.#tensors.give(pooledBytes(cell.weights));
    return true;
  }
}

function firstReader(cells: readonly { readonly from: readonly number[] }[], state: number): number {
  return cells.findIndex(({ from }) => from.includes(state));
}
