import type { CellSchedule, StateShape } from '@oneshot/engine';
import type { ValueShape } from './build/value.js';
import type { Initialisation, OperationOptions } from './operations/operation.js';

/**
 * One architecture weight: that of an option at a choice, by its place in the group's coefficients.
 */
export interface Slot {
  readonly group: string;
  readonly index: number;
}

/** Parts of every block. `from` lists earlier blocks by index; -1 is the network's input. */
interface BlockBase {
  /** Unique in the network; weights are named by it. */
  readonly name: string;
  readonly from: readonly number[];
}

/**
 * Where the names of a block's weights come from, where it is a piece of a cell: the cell's name,
 * and the number in the cell of each of the block's states.
 */
export interface CellPiece {
  readonly cell: string;
  readonly states: readonly number[];
}

/** A cell schedule in its place, run in one call. */
export interface CellBlock extends BlockBase {
  readonly kind: 'cell';
  readonly schedule: CellSchedule;
  /**
   * Whose coefficients make up the schedule's mix, one after the other: in a supernet choice
   * groups, while retraining with drop path the block itself. Empty where `mixCount` is 0.
   */
  readonly groups: readonly string[];
  /** Absent: the block is a whole cell. */
  readonly piece?: CellPiece;
}

/** An array an operation reads: whole, or a part of a larger one. */
export interface BlockParameter {
  /** What the operation calls it. */
  readonly key: string;
  /** Unique in the network. */
  readonly name: string;
  readonly sort: 'weight' | 'statistic';
  /** Shape of the whole array. */
  readonly full: readonly number[];
  /** Shape of the part that is read, and where it starts. */
  readonly shape: readonly number[];
  readonly start: readonly number[];
  readonly initialisation: Initialisation;
}

/** An operation composed on the tape. */
export interface OperationBlock extends BlockBase {
  readonly kind: 'operation';
  readonly operation: string;
  readonly options: OperationOptions;
  readonly parameters: readonly BlockParameter[];
  readonly inputs: readonly ValueShape[];
  readonly shape: ValueShape;
}

/**
 * A weighted sum of earlier blocks, narrower ones filled up with zeros behind their last channel.
 * The weight of each is the product of its slots; without slots it is 1.
 */
export interface MixBlock extends BlockBase {
  readonly kind: 'mix';
  readonly slots: readonly (readonly Slot[])[];
  /**
   * Weights added to every element, so that a gradient reaches options that did not run (Dong and
   * Yang 2019, code).
   */
  readonly bare: readonly (readonly Slot[])[];
  readonly shape: ValueShape;
}

export type Block = CellBlock | OperationBlock | MixBlock;

/**
 * Classifier on top of a feature map: optional affine norm and ReLU, global average pooling, one
 * dense layer with bias. Weights: `norm.scale[channels]`, `norm.shift[channels]` if `norm`;
 * `dense.weights[channels, outputs]`, `dense.bias[outputs]`.
 */
export interface ClassifierHead {
  readonly kind: 'classifier';
  readonly from: number;
  readonly norm: boolean;
  readonly relu: boolean;
}

/** A block that gives the result itself. */
export interface ResultHead {
  readonly kind: 'result';
  readonly from: number;
}

export type Head = ClassifierHead | ResultHead;

/**
 * Auxiliary classifier used while retraining only (Liu et al. 2019, code): ReLU, 5×5 average
 * pooling at stride 3, 1×1 convolution to 128, norm, ReLU, convolution over the whole remaining map
 * to 768, norm, ReLU, dense. Never exported.
 */
export interface AuxiliaryHead {
  readonly from: number;
  /** Weight of its loss beside the main loss; default 0.4. */
  readonly weight: number;
}

/** What goes into a network and what comes out, whatever it means; a task knows that. */
export interface TaskShape {
  /** Shape of one example. */
  readonly input: StateShape;
  /** How many values come out of the head for one example. */
  readonly outputs: number;
}

/**
 * A network as data: supernet, path, pruned and derived network are all this. Blocks are in
 * execution order.
 */
export interface NetworkDescription extends TaskShape {
  readonly blocks: readonly Block[];
  readonly head: Head;
  readonly auxiliary?: AuxiliaryHead;
}
