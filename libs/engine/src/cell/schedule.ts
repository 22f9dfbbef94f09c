/**
 * A cell schedule: the data that tells a backend how to run a directed acyclic graph of mixed edges
 * in one call.
 *
 * States are numbered: the inputs first, then the nodes in order. A node is the sum of its edges;
 * an edge is the weighted sum of its branches, all reading one earlier state. Stems, preprocessing,
 * mixed cells, derived cells and residual blocks are all written this way, so that one executor per
 * backend runs them all and one exporter reads them all.
 *
 * All activations are `[batch, height, width, channels]`, float32.
 */

/** Height, width and channels of one state (per image). */
export interface StateShape {
  readonly height: number;
  readonly width: number;
  readonly channels: number;
}

/**
 * Batch normalisation over batch, height and width: `(x - mean) / sqrt(variance + 1e-5)`, biased
 * variance while training; running statistics take the unbiased variance with momentum 0.1.
 * `affine` adds learned scale and shift.
 */
export interface NormSchedule {
  readonly affine: boolean;
  /**
   * Offset of `scale[channels]`, then `shift[channels]`, in the weight bank. Ignored unless
   * `affine`.
   */
  readonly weights: number;
  /**
   * Offset of `mean[channels]`, then `variance[channels]`, in the statistics bank. No two norms may
   * share them.
   */
  readonly statistics: number;
}

/**
 * Depthwise convolution; padding is `dilation * (size - 1) / 2` on every side. Kernel layout
 * `[size, size, channels]`.
 */
export interface DepthwiseSchedule {
  readonly size: 3 | 5 | 7;
  readonly stride: 1 | 2;
  readonly dilation: 1 | 2;
  readonly weights: number;
}

/**
 * Dense convolution without bias; padding is `(size - 1) / 2` on every side. Kernel layout
 * `[size, size, in, out]`.
 */
export interface ConvolutionSchedule {
  readonly size: 1 | 3 | 5 | 7;
  readonly stride: 1 | 2;
  readonly channels: number;
  readonly weights: number;
}

/** ReLU, depthwise, dense convolution, norm: in this order, each optional. */
export interface StageSchedule {
  readonly relu: boolean;
  readonly depthwise?: DepthwiseSchedule;
  readonly convolution?: ConvolutionSchedule;
  readonly norm?: NormSchedule;
}

/** Contributes nothing; its coefficient has gradient zero. */
export interface ZeroBranch {
  readonly kind: 'zero';
}
/** The state itself (stride 1, same channels). */
export interface IdentityBranch {
  readonly kind: 'identity';
}
/**
 * Adds its bare coefficient to every element: how GDAS lets a gradient reach options that did not
 * run.
 */
export interface BareBranch {
  readonly kind: 'bare';
}
/** Pooling; average leaves the padding out of the count. */
export interface PoolBranch {
  readonly kind: 'pool';
  readonly pool: 'max' | 'average';
  readonly size: 2 | 3;
  readonly stride: 1 | 2;
  readonly padding: 0 | 1;
  readonly norm?: NormSchedule;
}
/**
 * One or more stages, one after the other (separable, dilated and dense convolutions,
 * preprocessing, stems).
 */
export interface ChainBranch {
  readonly kind: 'chain';
  readonly stages: readonly StageSchedule[];
}
/**
 * Factorized reduction: ReLU; two 1×1 convolutions at stride 2, the second reading the state
 * shifted by one pixel down and right (zero beyond the border); channels concatenated
 * (`floor(channels / 2)` and the rest); norm. Kernel layout: `[in, floor(channels / 2)]` then
 * `[in, channels - floor(channels / 2)]`.
 */
export interface FactorizedReduceBranch {
  readonly kind: 'factorized_reduce';
  readonly channels: number;
  readonly weights: number;
  readonly norm: NormSchedule;
}

export type BranchBody = ZeroBranch | IdentityBranch | BareBranch | PoolBranch | ChainBranch | FactorizedReduceBranch;

/**
 * One option of an edge. `mix` is the index of its coefficient in the mix vector; null means the
 * constant 1.
 */
export type BranchSchedule = BranchBody & { readonly mix: number | null };

/**
 * Partial channel connection (Xu et al. 2020): the branches see the first `floor(channels / keep)`
 * channels; the rest bypass them (2×2 max pooling at stride 2 where the branches stride); both are
 * concatenated and shuffled in `keep` groups: with `group = ceil(channels / keep)`, the channels
 * `g * group + c` that there are stand ordered by `c`, then by `g`. Where `keep` divides the
 * channels, that is `out[c * keep + g] = in[g * (channels / keep) + c]`. `keep` is at least 2 and
 * at most `channels`. `bypassMix` scales the bypass.
 */
export interface PartialConnection {
  readonly keep: number;
  readonly stride: 1 | 2;
  readonly bypassMix: number | null;
}

export interface EdgeSchedule {
  readonly from: number;
  readonly branches: readonly BranchSchedule[];
  readonly partial?: PartialConnection;
}

export interface NodeSchedule {
  readonly edges: readonly EdgeSchedule[];
  /**
   * Needed where no branch tells the shape: when every one is `zero` or `bare` and no connection is
   * partial.
   */
  readonly shape?: StateShape;
}

export interface CellSchedule {
  readonly inputs: readonly StateShape[];
  readonly nodes: readonly NodeSchedule[];
  /** States concatenated along channels into the result, in this order. */
  readonly output: readonly number[];
  /**
   * Length of the weight bank: one flat vector holding every kernel, scale and shift. Operations
   * may share weights, in whole or in part: their gradients are summed, always in the same order.
   */
  readonly weightCount: number;
  /** Length of the statistics bank: one flat vector holding every running mean and variance. */
  readonly statisticCount: number;
  /**
   * Length of the mix vector. The mix given at run time is `[mixCount]`, or `[batch, mixCount]` for
   * coefficients per image.
   */
  readonly mixCount: number;
}
