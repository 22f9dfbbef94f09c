import {
  add,
  type CellSchedule,
  concat,
  globalAveragePool,
  linear,
  matMul,
  mul,
  type Precision,
  pad,
  pool,
  type RandomStream,
  relu,
  reshape,
  runCell,
  slice,
  type Tensor,
  tensor,
  type Variable,
  weightedSum,
  zeros,
} from '@oneshot/engine';
import { AUXILIARY, auxiliaryMap } from '../build/auxiliary.js';
import { shapeSize } from '../build/value.js';
import { NasError } from '../errors.js';
import type {
  Block,
  BlockParameter,
  CellBlock,
  MixBlock,
  NetworkDescription,
  OperationBlock,
  Slot,
} from '../network.js';
import { operationOf } from '../operations/table.js';
import { Banks } from './banks.js';
import { blockShape } from './block-shape.js';
import { narrowSchedule, normSchedule } from './classifier-schedules.js';
import { type BankId, type ParameterTable, parameterTable } from './parameter-table.js';
import { arrayStatistics, type BatchStatistics, cellStatistics } from './running-statistics.js';

/** Coefficients by group: `[mixCount]`, or `[batch, mixCount]` for coefficients per image. */
export type Mix = ReadonlyMap<string, Tensor>;

/** The random numbers of one place in one step; a pure function of the place. */
export type PlaceStream = (place: string) => RandomStream;

export interface ForwardOptions {
  /**
   * `train` normalises by the batch, `eval` by running statistics (and leaves the auxiliary head
   * out).
   */
  readonly mode: 'train' | 'eval';
  /** Required where blocks have coefficients. */
  readonly mix?: Mix;
  /**
   * Another description to run with these weights: a path through the network. Default: the
   * network's own.
   */
  readonly path?: NetworkDescription;
  /**
   * Whether cells make their activations again in the backward pass: the same bits, in less memory
   * and more time. Default false.
   */
  readonly recompute?: boolean;
  /** What cells run in; operations outside of them run in float32. Default `float32`. */
  readonly precision?: Precision;
  /** What operations draw from in `train` mode: dropout, noise. Absent: nothing is drawn. */
  readonly stream?: PlaceStream;
}

export interface ForwardResult {
  /** `[batch, outputs]`. */
  readonly logits: Tensor;
  /** `[batch, outputs]` in `train` mode of a network with an auxiliary head, else null. */
  readonly auxiliaryLogits: Tensor | null;
  readonly statistics: readonly BatchStatistics[];
}

/**
 * A network with its weights: one flat weight bank and one statistics bank per cell, and one for
 * each array outside of cells.
 */
export class Network {
  readonly description: NetworkDescription;
  readonly table: ParameterTable;
  readonly #weights: Banks;
  readonly #statistics: Banks;
  readonly #auxiliarySchedules: AuxiliarySchedules | null;

  /** Weights start as PyTorch's defaults do, drawn from `seed` by name. */
  constructor(description: NetworkDescription, { seed }: { readonly seed: number }) {
    this.description = description;
    this.table = parameterTable(description);
    this.#weights = new Banks(this.table.weights, seed, (bank) => `${bank}.weights`);
    this.#statistics = new Banks(this.table.statistics, seed, (bank) => `${bank}.statistics`);
    this.#auxiliarySchedules = description.auxiliary
      ? auxiliarySchedules(description, description.auxiliary.from)
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
   * Runs the network on images `[batch, height, width, channels]`. Differentiable in weights and
   * mix. Throws NasError `invalid_network` if coefficients of a group are missing.
   */
  forward(images: Tensor, options: ForwardOptions): ForwardResult {
    const { mode, path = this.description } = options;
    const pass = new Pass(images, options, this.#weights, this.#statistics);
    const outputs: Tensor[] = [];
    const source = (from: number): Tensor => {
      const found = from === -1 ? images : outputs[from];
      if (found !== undefined) return found;
      throw new NasError('invalid_network', [{ path: 'blocks', message: `block ${from} is read before it has run` }]);
    };
    for (const block of path.blocks) outputs.push(pass.block(block, block.from.map(source)));
    const logits = this.#logits(path, source(path.head.from), pass);
    const schedules = mode === 'train' ? this.#auxiliarySchedules : null;
    const { auxiliary } = path;
    const auxiliaryLogits =
      auxiliary === undefined || schedules === null ? null : this.#auxiliary(source(auxiliary.from), schedules, pass);
    return { logits, auxiliaryLogits, statistics: pass.statistics };
  }

  /**
   * Folds batch statistics into the running ones: unbiased variance, and by default momentum 0.1,
   * as PyTorch.
   */
  updateRunning(statistics: readonly BatchStatistics[], batch: number, momentum?: number): void {
    for (const each of statistics) {
      const running = this.#statistics.get(each.bank);
      if (running !== undefined) each.fold(running, batch, momentum);
    }
  }

  /** Copies of all named arrays: weights and running statistics. */
  state(): Record<string, Float32Array> {
    return { ...this.#weights.read(), ...this.#statistics.read() };
  }

  /**
   * Takes a state over. Throws NasError `invalid_state` with every array that is missing or of
   * another length.
   */
  restore(state: Readonly<Record<string, Float32Array>>): void {
    this.#weights.write(state);
    this.#statistics.write(state);
  }

  /** Frees all weights. */
  dispose(): void {
    this.#weights.dispose();
    this.#statistics.dispose();
  }

  #logits(path: NetworkDescription, result: Tensor, pass: Pass): Tensor {
    const { head } = path;
    if (head.kind === 'result') return result;
    let features = result;
    if (head.norm) {
      const schedule = normSchedule(blockShape(path, head.from), head.relu);
      features = pass.schedule(schedule, 'head.norm', [features], zeros([0]));
    } else if (head.relu) features = relu(features);
    return this.#dense('head', globalAveragePool(features));
  }

  #dense(name: 'head' | 'auxiliary', features: Tensor): Tensor {
    const weights = this.#weights.value(`${name}.dense.weights`);
    const { outputs } = this.description;
    return linear(
      features,
      reshape(weights, [weights.size / outputs, outputs]),
      this.#weights.value(`${name}.dense.bias`),
    );
  }

  #auxiliary(features: Tensor, { narrow, norm, map }: AuxiliarySchedules, pass: Pass): Tensor {
    const { poolSize, poolStride, wide } = AUXILIARY;
    const pooled = pool(relu(features), { pool: 'average', size: poolSize, stride: poolStride, padding: 0 });
    const batch = features.shape[0] ?? 0;
    const none = zeros([0]);
    const narrowed = pass.schedule(narrow, 'auxiliary.narrow', [pooled], none);
    // A convolution over the whole map is one matrix product.
    const seen = map.height * map.width * AUXILIARY.narrow;
    const kernel = reshape(this.#weights.value('auxiliary.wide'), [seen, wide]);
    const mapped = reshape(matMul(reshape(narrowed, [batch, seen]), kernel), [batch, 1, 1, wide]);
    return this.#dense('auxiliary', reshape(pass.schedule(norm, 'auxiliary.norm', [mapped], none), [batch, wide]));
  }
}

/** One forward pass: runs blocks, and takes down what their norms saw. */
class Pass {
  readonly statistics: BatchStatistics[] = [];
  readonly #batch: number;
  readonly #options: ForwardOptions;
  readonly #weights: Banks;
  readonly #running: Banks;
  readonly #arrays = new Map<string, Tensor>();

  constructor(images: Tensor, options: ForwardOptions, weights: Banks, running: Banks) {
    this.#batch = images.shape[0] ?? 0;
    this.#options = options;
    this.#weights = weights;
    this.#running = running;
  }

  block(block: Block, inputs: Tensor[]): Tensor {
    switch (block.kind) {
      case 'cell':
        return this.schedule(block.schedule, block.name, inputs, this.#cellMix(block));
      case 'operation':
        return this.#operation(block, inputs);
      case 'mix':
        return this.#sum(block, inputs);
    }
  }

  schedule(schedule: CellSchedule, bank: BankId, inputs: Tensor[], mix: Tensor): Tensor {
    const { mode, recompute = false, precision = 'float32' } = this.#options;
    const result = runCell(schedule, {
      inputs,
      weights: this.#weights.value(bank),
      mix,
      running: this.#running.value(bank),
      mode,
      recompute,
      precision,
    });
    if (result.statistics !== null) this.statistics.push(cellStatistics(bank, schedule, result.statistics));
    return result.output;
  }

  #cellMix({ name, groups, schedule }: CellBlock): Tensor {
    if (schedule.mixCount === 0) return zeros([0]);
    const [first, ...more] = groups.map((group) => this.#coefficients(group, name));
    if (first === undefined) throw new NasError('invalid_network', [{ path: name, message: 'has no coefficients' }]);
    return more.length === 0 ? first : concat([first, ...more], 0);
  }

  #coefficients(group: string, block: string): Tensor {
    const coefficients = this.#options.mix?.get(group);
    if (coefficients !== undefined) return coefficients;
    const message = `no coefficients for group ${group}; they are required`;
    throw new NasError('invalid_network', [{ path: block, message }]);
  }

  #operation(block: OperationBlock, inputs: readonly Tensor[]): Tensor {
    const operation = operationOf(block.operation);
    if (operation.kind !== 'composed') {
      throw new NasError('invalid_network', [{ path: block.name, message: `${block.operation} runs in cells only` }]);
    }
    const { mode, stream } = this.#options;
    const parameters = Object.fromEntries(block.parameters.map((each) => [each.key, this.#array(each)] as const));
    const drawn = stream === undefined ? null : stream(block.name);
    const { output, statistics = [] } = operation.run({
      inputs,
      options: block.options,
      parameters,
      mode,
      stream: drawn,
    });
    const bankOf = (key: string): BankId => block.parameters.find((each) => each.key === key)?.name ?? key;
    for (const { mean, variance, pixels } of statistics) {
      this.statistics.push(
        arrayStatistics(bankOf(mean.key), mean.values, null),
        arrayStatistics(bankOf(variance.key), variance.values, pixels),
      );
    }
    return output;
  }

  /** An array, or the part of it that is read. */
  #array({ name, sort, full, start, shape }: BlockParameter): Tensor {
    const bank = sort === 'weight' ? this.#weights : this.#running;
    const known = this.#arrays.get(name);
    const flat = known ?? bank.value(name);
    const whole = flat.shape.join() === full.join() ? flat : reshape(flat, [...full]);
    if (known === undefined) this.#arrays.set(name, whole);
    return shapeSize(full) === shapeSize(shape) ? whole : slice(whole, [...start], [...shape]);
  }

  #sum({ name, slots, bare, shape }: MixBlock, inputs: readonly Tensor[]): Tensor {
    const terms = inputs.map((input) => this.#widened(input, shape));
    const [first, ...more] = terms;
    const plain = slots.every((factors) => factors.length === 0);
    const sum =
      first === undefined
        ? zeros([this.#batch, ...shape])
        : plain
          ? more.reduce((total, term) => add(total, term), first)
          : weightedSum(
              terms,
              terms.map((_, index) => this.#product(slots[index] ?? [], name)),
            );
    return bare.reduce((total, factors) => add(total, this.#product(factors, name)), sum);
  }

  /** Filled up with zeros behind its last channel. */
  #widened(input: Tensor, shape: readonly number[]): Tensor {
    const missing = (shape.at(-1) ?? 0) - (input.shape.at(-1) ?? 0);
    if (missing === 0) return input;
    return pad(
      input,
      input.shape.map((_, axis): [number, number] => [0, axis === input.shape.length - 1 ? missing : 0]),
    );
  }

  #product(factors: readonly Slot[], block: string): Tensor {
    const values = factors.map(({ group, index }) => slice(this.#coefficients(group, block), [index], [1]));
    const [first, ...more] = values;
    if (first === undefined) return tensor(Float32Array.of(1), [1]);
    return more.reduce((product, value) => mul(product, value), first);
  }
}

interface AuxiliarySchedules {
  readonly narrow: CellSchedule;
  readonly norm: CellSchedule;
  readonly map: { readonly height: number; readonly width: number };
}

function auxiliarySchedules(description: NetworkDescription, from: number): AuxiliarySchedules {
  const features = blockShape(description, from);
  const map = auxiliaryMap(features);
  return {
    narrow: narrowSchedule({ ...map, channels: features.channels }),
    norm: normSchedule({ height: 1, width: 1, channels: AUXILIARY.wide }, true),
    map,
  };
}
