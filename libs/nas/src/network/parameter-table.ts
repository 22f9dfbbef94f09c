import { type BranchSchedule, cellShapes, type NormSchedule, seenShape } from '@oneshot/engine';
import { AUXILIARY, auxiliaryMap } from '../build/auxiliary.js';
import { shapeSize } from '../build/value.js';
import type { Block, CellBlock, NetworkDescription } from '../network.js';
import type { Initialisation } from '../operations/operation.js';
import { blockShape } from './block-shape.js';

/**
 * Which flat vector a parameter lies in: that of a cell, by its block's name; or one array of its
 * own, by its name.
 */
export type BankId = string;

/** One named array inside a bank. */
export interface ParameterEntry {
  /** Unique in the network, such as `cell3.node4.from1.sep_conv_5x5.stage0.depthwise`. */
  readonly name: string;
  readonly bank: BankId;
  readonly offset: number;
  readonly shape: readonly number[];
  readonly initialisation: Initialisation;
}

/** Every learned parameter and every running statistic of a network, in canonical order. */
export interface ParameterTable {
  readonly weights: readonly ParameterEntry[];
  readonly statistics: readonly ParameterEntry[];
}

/**
 * Reads the table off a description. Names depend on structure alone, so equal networks have equal
 * tables.
 */
export function parameterTable(network: NetworkDescription): ParameterTable {
  const recorder = new Recorder();
  for (const block of network.blocks) walkBlock(recorder, block);
  walkHead(recorder, network);
  if (network.auxiliary !== undefined) walkAuxiliary(recorder, network, network.auxiliary.from);
  return { weights: recorder.weights, statistics: recorder.statistics };
}

/** Number of learned parameters: all weights, α not included. */
export function parameterCount(network: NetworkDescription): number {
  return parameterTable(network).weights.reduce((count, { shape }) => count + shapeSize(shape), 0);
}

class Recorder {
  readonly weights: ParameterEntry[] = [];
  readonly statistics: ParameterEntry[] = [];
  readonly #names = new Set<string>();

  kernel(name: string, bank: BankId, offset: number, shape: readonly number[], fanIn: number): void {
    this.weights.push({ name, bank, offset, shape, initialisation: { kind: 'uniform', fanIn } });
  }

  norm(name: string, bank: BankId, norm: NormSchedule, channels: number): void {
    const constant = (value: 0 | 1) => ({ kind: 'constant', value }) as const;
    const shape = [channels];
    if (norm.affine) {
      this.weights.push({ name: `${name}.scale`, bank, offset: norm.weights, shape, initialisation: constant(1) });
      const offset = norm.weights + channels;
      this.weights.push({ name: `${name}.shift`, bank, offset, shape, initialisation: constant(0) });
    }
    this.statistics.push({ name: `${name}.mean`, bank, offset: norm.statistics, shape, initialisation: constant(0) });
    const offset = norm.statistics + channels;
    this.statistics.push({ name: `${name}.variance`, bank, offset, shape, initialisation: constant(1) });
  }

  /** An array of its own; one that several blocks read parts of is told once. */
  array(name: string, sort: 'weight' | 'statistic', shape: readonly number[], initialisation: Initialisation): void {
    if (this.#names.has(name)) return;
    this.#names.add(name);
    const entries = sort === 'weight' ? this.weights : this.statistics;
    entries.push({ name, bank: name, offset: 0, shape, initialisation });
  }
}

function walkBlock(recorder: Recorder, block: Block): void {
  switch (block.kind) {
    case 'cell':
      walkCell(recorder, block);
      return;
    case 'operation':
      for (const { name, sort, full, initialisation } of block.parameters) {
        recorder.array(name, sort, full, initialisation);
      }
      return;
    case 'mix':
  }
}

/** The name of a cell, and the number in it of each state of a block. */
function namesOf({ name, piece, schedule }: CellBlock): { readonly cell: string; readonly states: readonly number[] } {
  const states = piece?.states ?? [...schedule.inputs, ...schedule.nodes].map((_, index) => index);
  return { cell: piece?.cell ?? name, states };
}

function walkCell(recorder: Recorder, block: CellBlock): void {
  const { schedule, name: bank } = block;
  const { cell, states } = namesOf(block);
  const shapes = cellShapes(schedule);
  for (const [index, node] of schedule.nodes.entries()) {
    const state = states[schedule.inputs.length + index];
    const seen = new Map<string, number>();
    for (const edge of node.edges) {
      const source = shapes[edge.from];
      const channels = source === undefined ? 0 : seenShape(edge, source).channels;
      for (const branch of edge.branches) {
        const plain = `${cell}.node${state}.from${states[edge.from]}.${branchLabel(branch)}`;
        const count = seen.get(plain) ?? 0;
        seen.set(plain, count + 1);
        walkBranch(recorder, count === 0 ? plain : `${plain}.${count}`, bank, branch, channels);
      }
    }
  }
}

function walkBranch(recorder: Recorder, name: string, bank: BankId, branch: BranchSchedule, input: number): void {
  switch (branch.kind) {
    case 'zero':
    case 'identity':
    case 'bare':
      return;
    case 'pool':
      if (branch.norm !== undefined) recorder.norm(`${name}.norm`, bank, branch.norm, input);
      return;
    case 'factorized_reduce': {
      const half = Math.floor(branch.channels / 2);
      const rest = branch.channels - half;
      if (half > 0) recorder.kernel(`${name}.even`, bank, branch.weights, [input, half], input);
      recorder.kernel(`${name}.odd`, bank, branch.weights + input * half, [input, rest], input);
      recorder.norm(`${name}.norm`, bank, branch.norm, branch.channels);
      return;
    }
    case 'chain': {
      let channels = input;
      for (const [index, { depthwise, convolution, norm }] of branch.stages.entries()) {
        const at = `${name}.stage${index}`;
        if (depthwise !== undefined) {
          const { size } = depthwise;
          recorder.kernel(`${at}.depthwise`, bank, depthwise.weights, [size, size, channels], size * size);
        }
        if (convolution !== undefined) {
          const { size } = convolution;
          const shape = [size, size, channels, convolution.channels];
          recorder.kernel(`${at}.convolution`, bank, convolution.weights, shape, size * size * channels);
          channels = convolution.channels;
        }
        if (norm !== undefined) recorder.norm(`${at}.norm`, bank, norm, channels);
      }
    }
  }
}

/** The field's name of the operation a branch performs, for readable parameter names. */
function branchLabel(branch: BranchSchedule): string {
  switch (branch.kind) {
    case 'pool':
      return `${branch.pool === 'max' ? 'max' : 'avg'}_pool_${branch.size}x${branch.size}`;
    case 'chain': {
      const first = branch.stages[0];
      const dilated = first?.depthwise?.dilation === 2;
      const family = first?.depthwise === undefined ? 'conv' : dilated ? 'dil_conv' : 'sep_conv';
      const size = first?.depthwise?.size ?? first?.convolution?.size ?? 0;
      return `${family}_${size}x${size}`;
    }
    case 'zero':
    case 'identity':
    case 'bare':
    case 'factorized_reduce':
      return branch.kind;
  }
}

function walkHead(recorder: Recorder, network: NetworkDescription): void {
  const { head, outputs } = network;
  if (head.kind === 'result') return;
  const { channels } = blockShape(network, head.from);
  if (head.norm) recorder.norm('head.norm', 'head.norm', { affine: true, weights: 0, statistics: 0 }, channels);
  recorder.kernel('head.dense.weights', 'head.dense.weights', 0, [channels, outputs], channels);
  recorder.kernel('head.dense.bias', 'head.dense.bias', 0, [outputs], channels);
}

function walkAuxiliary(recorder: Recorder, network: NetworkDescription, from: number): void {
  const { outputs } = network;
  const shape = blockShape(network, from);
  const { height, width } = auxiliaryMap(shape);
  const { narrow, wide } = AUXILIARY;
  recorder.kernel('auxiliary.narrow', 'auxiliary.narrow', 0, [1, 1, shape.channels, narrow], shape.channels);
  const norm = { affine: true, weights: shape.channels * narrow, statistics: 0 };
  recorder.norm('auxiliary.narrow.norm', 'auxiliary.narrow', norm, narrow);
  const seen = height * width * narrow;
  recorder.kernel('auxiliary.wide', 'auxiliary.wide', 0, [height, width, narrow, wide], seen);
  recorder.norm('auxiliary.norm', 'auxiliary.norm', { affine: true, weights: 0, statistics: 0 }, wide);
  recorder.kernel('auxiliary.dense.weights', 'auxiliary.dense.weights', 0, [wide, outputs], wide);
  recorder.kernel('auxiliary.dense.bias', 'auxiliary.dense.bias', 0, [outputs], wide);
}
