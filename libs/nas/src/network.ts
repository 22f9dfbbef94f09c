import type { CellSchedule, StateShape } from '@oneshot/engine';

/** What a block is for; decides which architecture parameters it reads. */
export type BlockKind = 'stem' | 'normal' | 'reduce' | 'residual';

/** One cell schedule in its place. `from` lists earlier blocks by index, in the order of the schedule's inputs; -1 is the image. */
export interface Block {
  readonly name: string;
  readonly kind: BlockKind;
  readonly schedule: CellSchedule;
  readonly from: readonly number[];
  /**
   * Whose coefficients scale the branches, where the schedule's `mixCount` is not 0: in a supernet a choice group (its weights
   * `[choices, options]` laid out row by row), while retraining with drop path the block itself.
   */
  readonly group?: string;
}

/**
 * Classifier on top of the last block: optional affine norm and ReLU, global average pooling, one dense layer with bias.
 * Weights: `norm.scale[channels]`, `norm.shift[channels]` if `norm`; `dense.weights[channels, classes]`, `dense.bias[classes]`.
 */
export interface Head {
  readonly from: number;
  readonly norm: boolean;
  readonly relu: boolean;
}

/**
 * Auxiliary classifier used while retraining only (Liu et al. 2019, code): ReLU, 5×5 average pooling at stride 3, 1×1 convolution to
 * 128, norm, ReLU, convolution over the whole remaining map to 768, norm, ReLU, dense. Never exported.
 */
export interface AuxiliaryHead {
  readonly from: number;
  /** Weight of its loss beside the main loss; default 0.4. */
  readonly weight: number;
}

/**
 * A network as data: a supernet and a derived network are both this; only their schedules differ.
 * Blocks are in execution order.
 */
export interface NetworkDescription {
  readonly image: StateShape;
  readonly classes: number;
  readonly blocks: readonly Block[];
  readonly head: Head;
  readonly auxiliary?: AuxiliaryHead;
}
