import {
  type CellSchedule,
  globalAveragePool,
  linear,
  matMul,
  outputShape,
  pool,
  relu,
  reshape,
  runCell,
  type StateShape,
  type Tensor,
  updateRunning,
  type Variable,
  zeros,
} from '@oneshot/engine';
import { AUXILIARY, auxiliaryMap } from '../build/auxiliary.js';
import { NasError } from '../errors.js';
import type { Block, NetworkDescription } from '../network.js';
import { Banks } from './banks.js';
import { narrowSchedule, normSchedule } from './classifier-schedules.js';
import { type BankId, type ParameterTable, parameterTable, shapeSize } from './parameter-table.js';

/** Coefficients by group: `[mixCount]`, or `[batch, mixCount]` for coefficients per image. */
export type Mix = ReadonlyMap<string, Tensor>;

/** Batch statistics of one bank, to be folded into the running ones after the step. */
export interface BatchStatistics {
  readonly bank: BankId;
  readonly schedule: CellSchedule;
  /** Batch means and biased variances, laid out as the statistics bank. */
  readonly values: Tensor;
}

export interface ForwardOptions {
  /** `train` normalises by the batch, `eval` by running statistics (and leaves the auxiliary head out). */
  readonly mode: 'train' | 'eval';
  /** Required where blocks have coefficients. */
  readonly mix?: Mix;
  /** Blocks to run instead of the network's own: the same ones with fewer branches (a single path). */
  readonly blocks?: readonly Block[];
  /** Whether cells make their activations again in the backward pass: the same bits, in less memory and more time. Default false. */
  readonly recompute?: boolean;
}

export interface ForwardResult {
  /** `[batch, classes]`. */
  readonly logits: Tensor;
  /** `[batch, classes]` in `train` mode of a network with an auxiliary head, else null. */
  readonly auxiliaryLogits: Tensor | null;
  readonly statistics: readonly BatchStatistics[];
}

/** A network with its weights: one flat weight bank and one statistics bank per block, and the classifiers'. */
export class Network {
  readonly description: NetworkDescription;
  readonly table: ParameterTable;
  readonly #weights: Banks;
  readonly #statistics: Banks;
  readonly #headNorm: CellSchedule;
  readonly #auxiliarySchedules: AuxiliarySchedules | null;

  /** Weights start as PyTorch's defaults do, drawn from `seed` by name. */
  constructor(description: NetworkDescription, { seed }: { readonly seed: number }) {
    this.description = description;
    this.table = parameterTable(description);
    const nameOf = (bank: BankId) =>
      typeof bank === 'number' ? (description.blocks[bank]?.name ?? `block${bank}`) : bank;
    this.#weights = new Banks(this.table.weights, seed, (bank) => `${nameOf(bank)}.weights`);
    this.#statistics = new Banks(this.table.statistics, seed, (bank) => `${nameOf(bank)}.statistics`);
    this.#headNorm = normSchedule(this.#shape(description.head.from), description.head.relu);
    this.#auxiliarySchedules = description.auxiliary
      ? auxiliarySchedules(this.#shape(description.auxiliary.from))
      : null;
  }

  /** What an optimizer changes, in canonical order. */
  get variables(): readonly Variable[] {
    return this.#weights.variables;
  }

  /** Number of learned parameters. */
  get parameterCount(): number {
    return this.table.weights.reduce((count, { shape }) => count + shapeSize(shape), 0);
  }

  /**
   * Runs the network on images `[batch, height, width, channels]`. Differentiable in weights and mix.
   * Throws NasError `invalid_network` if coefficients of a group are missing.
   */
  forward(
    images: Tensor,
    { mode, mix, blocks = this.description.blocks, recompute = false }: ForwardOptions,
  ): ForwardResult {
    const statistics: BatchStatistics[] = [];
    const run: RunBank = (schedule, bank, inputs, coefficients) => {
      const result = runCell(schedule, {
        inputs,
        weights: this.#weights.value(bank),
        mix: coefficients,
        running: this.#statistics.value(bank),
        mode,
        recompute,
      });
      if (result.statistics !== null) statistics.push({ bank, schedule, values: result.statistics });
      return result.output;
    };
    const outputs: Tensor[] = [];
    for (const [index, block] of blocks.entries()) {
      const inputs = block.from.map((from) => this.#source(from, images, outputs));
      outputs.push(run(block.schedule, index, inputs, coefficientsOf(block, mix)));
    }
    const { head, auxiliary } = this.description;
    let features = this.#source(head.from, images, outputs);
    if (head.norm) features = run(this.#headNorm, 'head.norm', [features], zeros([0]));
    else if (head.relu) features = relu(features);
    const logits = this.#dense('head', globalAveragePool(features));
    const schedules = mode === 'train' ? this.#auxiliarySchedules : null;
    const auxiliaryLogits =
      auxiliary === undefined || schedules === null
        ? null
        : this.#auxiliary(this.#source(auxiliary.from, images, outputs), schedules, run);
    return { logits, auxiliaryLogits, statistics };
  }

  /** Folds batch statistics into the running ones: unbiased variance, and by default momentum 0.1, as PyTorch. */
  updateRunning(statistics: readonly BatchStatistics[], batch: number, momentum?: number): void {
    for (const { bank, schedule, values } of statistics) {
      const running = this.#statistics.get(bank);
      if (running !== undefined) updateRunning(schedule, running, values, batch, momentum);
    }
  }

  /** Copies of all named arrays: weights and running statistics. */
  state(): Record<string, Float32Array> {
    return { ...this.#weights.read(), ...this.#statistics.read() };
  }

  /** Takes a state over. Throws NasError `invalid_state` with every array that is missing or of another length. */
  restore(state: Readonly<Record<string, Float32Array>>): void {
    this.#weights.write(state);
    this.#statistics.write(state);
  }

  /** Frees all weights. */
  dispose(): void {
    this.#weights.dispose();
    this.#statistics.dispose();
  }

  #source(from: number, images: Tensor, outputs: readonly Tensor[]): Tensor {
    const source = from === -1 ? images : outputs[from];
    if (source === undefined) {
      throw new NasError('invalid_network', [{ path: 'blocks', message: `block ${from} is read before it has run` }]);
    }
    return source;
  }

  #shape(index: number): StateShape {
    const block = this.description.blocks[index];
    return block === undefined ? this.description.image : outputShape(block.schedule);
  }

  #dense(name: 'head' | 'auxiliary', features: Tensor): Tensor {
    const weights = this.#weights.value(`${name}.dense.weights`);
    const { classes } = this.description;
    return linear(
      features,
      reshape(weights, [weights.size / classes, classes]),
      this.#weights.value(`${name}.dense.bias`),
    );
  }

  #auxiliary(features: Tensor, { narrow, norm, map }: AuxiliarySchedules, run: RunBank): Tensor {
    const { poolSize, poolStride, wide } = AUXILIARY;
    const pooled = pool(relu(features), { pool: 'average', size: poolSize, stride: poolStride, padding: 0 });
    const batch = features.shape[0] ?? 0;
    const none = zeros([0]);
    const narrowed = run(narrow, 'auxiliary.narrow', [pooled], none);
    // A convolution over the whole map is one matrix product.
    const seen = map.height * map.width * AUXILIARY.narrow;
    const kernel = reshape(this.#weights.value('auxiliary.wide'), [seen, wide]);
    const mapped = reshape(matMul(reshape(narrowed, [batch, seen]), kernel), [batch, 1, 1, wide]);
    return this.#dense('auxiliary', reshape(run(norm, 'auxiliary.norm', [mapped], none), [batch, wide]));
  }
}

type RunBank = (schedule: CellSchedule, bank: BankId, inputs: Tensor[], coefficients: Tensor) => Tensor;

interface AuxiliarySchedules {
  readonly narrow: CellSchedule;
  readonly norm: CellSchedule;
  readonly map: { readonly height: number; readonly width: number };
}

function auxiliarySchedules(features: StateShape): AuxiliarySchedules {
  const map = auxiliaryMap(features);
  return {
    narrow: narrowSchedule({ ...map, channels: features.channels }),
    norm: normSchedule({ height: 1, width: 1, channels: AUXILIARY.wide }, true),
    map,
  };
}

function coefficientsOf(block: Block, mix: Mix | undefined): Tensor {
  if (block.schedule.mixCount === 0) return zeros([0]);
  const coefficients = block.group === undefined ? undefined : mix?.get(block.group);
  if (coefficients === undefined) {
    const message = `no coefficients for group ${block.group ?? '(none)'}; its ${block.schedule.mixCount} are required`;
    throw new NasError('invalid_network', [{ path: block.name, message }]);
  }
  return coefficients;
}
