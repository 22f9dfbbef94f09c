import { addN } from '@tensorflow/tfjs-core';
import { batchNorm } from '../ops/batch-norm.js';
import { convolution } from '../ops/convolution.js';
import { depthwiseConvolution } from '../ops/depthwise-convolution.js';
import { imageScale } from '../ops/image-scale.js';
import { permuteChannels } from '../ops/permute-channels.js';
import { pool } from '../ops/pool.js';
import { relu } from '../ops/relu.js';
import { concat, pad, slice } from '../ops/shape.js';
import { weightedSum } from '../ops/weighted-sum.js';
import { ones, zeros } from '../tensor/create.js';
import type { Tensor } from '../tensor/tensor.js';
import type { CellArguments } from './arguments.js';
import { Banks } from './banks.js';
import { seenShape, shuffledOrder } from './partial.js';
import { normKernels, reductionKernels, stageKernels, stageShape } from './parts.js';
import { type Rounding, roundings } from './rounding.js';
import type {
  BranchSchedule,
  CellSchedule,
  EdgeSchedule,
  NormSchedule,
  PoolBranch,
  StageSchedule,
  StateShape,
} from './schedule.js';
import { cellShapes } from './shapes.js';

/** The two things a cell gives; the statistics are null in eval mode. */
export interface CellResult {
  /** States of `schedule.output` side by side along channels. */
  readonly output: Tensor;
  /** `[statisticCount]`: batch mean and biased variance of every norm; not differentiable. */
  readonly statistics: Tensor | null;
}

/** A summand of a node, and the index of its coefficient; null means 1. */
interface Term {
  readonly value: Tensor;
  readonly mix: number | null;
}

/** Runs a schedule one primitive operation at a time; the tape differentiates it. */
class Composer {
  private readonly banks: Banks;
  private readonly relus = new Map<Tensor, Tensor>();
  private readonly pools = new Map<Tensor, Map<string, Tensor>>();
  private readonly rounding: Rounding;

  constructor(
    schedule: CellSchedule,
    private readonly given: CellArguments,
    private readonly batch: number,
  ) {
    this.banks = new Banks(schedule, given);
    this.rounding = roundings[given.precision ?? 'float32'];
  }

  run(schedule: CellSchedule): CellResult {
    const shapes = cellShapes(schedule);
    const states: Tensor[] = [...this.given.inputs];
    for (const { edges } of schedule.nodes) {
      const shape = shapes[states.length] as StateShape;
      const terms = edges.flatMap((edge) =>
        this.edge(edge, states[edge.from] as Tensor, shapes[edge.from] as StateShape, shape),
      );
      states.push(this.rounding.kept(this.sum(terms, shape)));
    }
    const parts = schedule.output.map((state) => states[state] as Tensor);
    const output = parts.length === 1 ? (parts[0] as Tensor).clone() : concat(parts, 3);
    return { output, statistics: this.given.mode === 'train' ? this.banks.statistics() : null };
  }

  private zeros({ height, width, channels }: StateShape): Tensor {
    return zeros([this.batch, height, width, channels]);
  }

  private sum(terms: readonly Term[], shape: StateShape): Tensor {
    const plain = terms.flatMap(({ value, mix }) => (mix === null ? [value] : []));
    const mixed = terms.flatMap(({ value, mix }) =>
      mix === null ? [] : [{ value, coefficient: this.banks.coefficient(mix) }],
    );
    if (mixed.length > 0) {
      plain.unshift(
        weightedSum(
          mixed.map(({ value }) => value),
          mixed.map(({ coefficient }) => coefficient),
        ),
      );
    }
    if (plain.length === 0) return this.zeros(shape);
    return plain.length === 1 ? (plain[0] as Tensor) : addN(plain);
  }

  /** The ReLU of a tensor, made once however many read it. */
  private relu(x: Tensor): Tensor {
    const found = this.relus.get(x) ?? relu(x);
    this.relus.set(x, found);
    return found;
  }

  /** The pooling of a tensor, likewise. */
  private pool(x: Tensor, { pool: kind, size, stride, padding }: PoolBranch): Tensor {
    const ofTensor = this.pools.get(x) ?? new Map<string, Tensor>();
    this.pools.set(x, ofTensor);
    const key = `${kind} ${size} ${stride} ${padding}`;
    const found = ofTensor.get(key) ?? pool(x, { pool: kind, size, stride, padding });
    ofTensor.set(key, found);
    return found;
  }

  private edge(edge: EdgeSchedule, state: Tensor, from: StateShape, to: StateShape): Term[] {
    const { branches, partial } = edge;
    if (partial === undefined) return branches.flatMap((branch) => this.branch(branch, state, from, to));
    const { keep, stride, bypassMix } = partial;
    const seenFrom = seenShape(edge, from);
    const seen = slice(state, [0, 0, 0, 0], [-1, -1, -1, seenFrom.channels]);
    const mixedShape = { ...to, channels: seenFrom.channels };
    const mixed = this.sum(
      branches.flatMap((branch) => this.branch(branch, seen, seenFrom, mixedShape)),
      mixedShape,
    );
    const rest = slice(state, [0, 0, 0, seenFrom.channels], [-1, -1, -1, -1]);
    const passed = stride === 2 ? pool(rest, { pool: 'max', size: 2 }) : rest;
    const bypass = bypassMix === null ? passed : imageScale(passed, this.banks.coefficient(bypassMix));
    return [{ value: permuteChannels(concat([mixed, bypass], 3), shuffledOrder(from.channels, keep)), mix: null }];
  }

  private branch(branch: BranchSchedule, state: Tensor, from: StateShape, to: StateShape): Term[] {
    const value = this.value(branch, state, from, to);
    return value === null ? [] : [{ value, mix: branch.mix }];
  }

  /** What a branch gives before its coefficient; null for nothing. */
  private value(branch: BranchSchedule, state: Tensor, from: StateShape, to: StateShape): Tensor | null {
    switch (branch.kind) {
      case 'zero':
        return null;
      case 'bare':
        return ones([this.batch, to.height, to.width, to.channels]);
      case 'identity':
        return state;
      case 'pool':
        return this.norm(this.pool(state, branch), branch.norm);
      case 'chain': {
        let x = state;
        let shape = from;
        for (const stage of branch.stages) {
          x = this.stage(stage, x, shape);
          shape = stageShape(stage, shape);
        }
        return x;
      }
      case 'factorized_reduce': {
        const [first, second] = reductionKernels(branch.weights, from.channels, branch.channels);
        const x = this.relu(state);
        // Shifted by one pixel; an odd length then lacks its last one, which reads as zero.
        const shifted = pad(slice(x, [0, 1, 1, 0], [-1, -1, -1, -1]), [
          [0, 0],
          [0, from.height % 2],
          [0, from.width % 2],
          [0, 0],
        ]);
        const halves = [
          { x, part: first },
          { x: shifted, part: second },
        ].filter(({ part }) => part.shape[3] !== 0);
        const reduced = halves.map(({ x: input, part }) =>
          this.dense(input, this.banks.weights(part), { stride: 2, padding: 0 }),
        );
        return this.norm(this.rounding.kept(concat(reduced, 3)), branch.norm);
      }
    }
  }

  private stage(stage: StageSchedule, input: Tensor, shape: StateShape): Tensor {
    const kernels = stageKernels(stage, shape.channels).map((part) => this.banks.weights(part));
    let x = stage.relu ? this.relu(input) : input;
    if (stage.depthwise !== undefined) {
      const { size, stride, dilation } = stage.depthwise;
      const padding = (dilation * (size - 1)) / 2;
      x = depthwiseConvolution(x, kernels.shift() as Tensor, { stride, dilation, padding });
    }
    if (stage.convolution !== undefined) {
      const { size, stride } = stage.convolution;
      x = this.dense(x, kernels.shift() as Tensor, { stride, padding: (size - 1) / 2 });
    }
    return this.norm(this.rounding.kept(x), stage.norm);
  }

  private dense(x: Tensor, kernel: Tensor, window: { readonly stride: number; readonly padding: number }): Tensor {
    const { operand, product } = this.rounding;
    return product(convolution(operand(x), operand(kernel), window));
  }

  private norm(x: Tensor, norm: NormSchedule | undefined): Tensor {
    if (norm === undefined) return x;
    const channels = x.shape[3] as number;
    const [scale, shift] = normKernels(norm, channels).map((part) => this.banks.weights(part));
    const affine = scale === undefined || shift === undefined ? {} : { scale, shift };
    if (this.given.mode === 'eval') {
      return batchNorm(x, { mode: 'eval', ...affine, running: this.banks.running(norm.statistics, channels) }).value;
    }
    const { value, mean, variance } = batchNorm(x, { mode: 'train', ...affine });
    this.banks.addStatistics(norm.statistics, mean, variance);
    return value;
  }
}

/**
 * Runs a cell from primitive operations, for backends without a fused executor and to check those
 * that have one.
 */
export function composeCell(schedule: CellSchedule, given: CellArguments, batch: number): CellResult {
  return new Composer(schedule, given, batch).run(schedule);
}
