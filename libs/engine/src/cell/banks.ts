import { EngineError } from '../errors.js';
import { at } from '../gradients/gradient.js';
import { bankSplit } from '../ops/bank-split.js';
import { concat, reshape, slice, transpose } from '../ops/shape.js';
import { withoutRecording } from '../tape/recording.js';
import { zeros } from '../tensor/create.js';
import type { Tensor } from '../tensor/tensor.js';
import type { CellArguments } from './arguments.js';
import type { WeightPart } from './parts.js';
import { schedulePieces } from './pieces.js';
import type { CellSchedule } from './schedule.js';

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, length) => product * length, 1);

/** The flat banks of a cell, taken apart once; and the statistics on their way back into one. */
export class Banks {
  readonly #weights = new Map<string, Tensor>();
  readonly #coefficients: readonly Tensor[];
  readonly #statistics: { readonly offset: number; readonly value: Tensor }[] = [];

  constructor(
    private readonly schedule: CellSchedule,
    private readonly given: CellArguments,
  ) {
    const pieces = schedulePieces(schedule).map(({ offset, shape }) => ({ offset, shape, size: sizeOf(shape) }));
    bankSplit(given.weights, pieces).forEach((flat, i) => {
      const { offset, shape } = pieces[i] as WeightPart;
      this.#weights.set(`${offset}:${shape}`, reshape(flat, shape));
    });
    this.#coefficients = this.splitMix();
  }

  private splitMix(): Tensor[] {
    const { mix } = this.given;
    const perImage = mix.rank === 2;
    const size = perImage ? (mix.shape[0] ?? 1) : 1;
    const flat = perImage ? reshape(transpose(mix), [mix.size]) : mix;
    return bankSplit(
      flat,
      Array.from({ length: this.schedule.mixCount }, (_, i) => ({ offset: i * size, size })),
    );
  }

  weights({ offset, shape }: WeightPart): Tensor {
    const found = this.#weights.get(`${offset}:${shape}`);
    if (found === undefined) throw new EngineError('unsupported', `No weights [${shape}] were taken from ${offset}.`);
    return found;
  }

  /** `[1]`, or `[batch]` where coefficients are per image. */
  coefficient(mix: number): Tensor {
    return at(this.#coefficients, mix);
  }

  running(offset: number, channels: number): { readonly mean: Tensor; readonly variance: Tensor } {
    const { running } = this.given;
    if (running === undefined) throw new EngineError('invalid_argument', 'Invalid argument running: it is missing.');
    return { mean: slice(running, [offset], [channels]), variance: slice(running, [offset + channels], [channels]) };
  }

  addStatistics(offset: number, mean: Tensor, variance: Tensor): void {
    this.#statistics.push({ offset, value: mean }, { offset: offset + mean.size, value: variance });
  }

  /** The bank, zero where no norm writes. */
  statistics(): Tensor {
    return withoutRecording(() => {
      const pieces: Tensor[] = [];
      let end = 0;
      for (const { offset, value } of [...this.#statistics].sort((a, b) => a.offset - b.offset)) {
        if (offset > end) pieces.push(zeros([offset - end]));
        pieces.push(value);
        end = offset + value.size;
      }
      if (end < this.schedule.statisticCount) pieces.push(zeros([this.schedule.statisticCount - end]));
      return pieces.length === 0 ? zeros([0]) : concat(pieces, 0);
    });
  }
}
