/**
 * Where a sliding window lies: kernel height and width come from the kernel, or from `size` for
 * pooling.
 */
export interface WindowAttributes {
  readonly stride: number;
  readonly dilation: number;
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export interface InputGradientAttributes extends WindowAttributes {
  readonly inputHeight: number;
  readonly inputWidth: number;
}

export interface KernelGradientAttributes extends WindowAttributes {
  readonly kernelHeight: number;
  readonly kernelWidth: number;
}

export interface PoolAttributes {
  readonly pool: 'max' | 'average';
  readonly size: number;
  readonly stride: number;
  readonly padding: number;
}

export interface CrossEntropyAttributes {
  readonly labelSmoothing: number;
}

/**
 * `hardSigmoid` is max(0, min(1, x/6 + 1/2)), `hardSwish` and `swish` are x times it and times the
 * sigmoid, `gelu` is x·Φ(x).
 */
export interface ActivationAttributes {
  readonly function: 'hardSigmoid' | 'hardSwish' | 'swish' | 'gelu';
}

/** What stands behind a norm; named as in {@link ActivationAttributes}. */
export interface BatchNormAttributes {
  readonly activation: 'none' | 'relu' | 'hardSwish';
}

export interface SqueezeExciteGradientAttributes {
  /** Whether the gradients of the dense layers are wanted beside that of `x`. */
  readonly layers: boolean;
}

export interface DropoutMaskAttributes {
  /** Words of the random stream's key and of its counter, the lower first. */
  readonly key: readonly [number, number];
  readonly counter: readonly [number, number];
  readonly rate: number;
  readonly shape: readonly number[];
}

/** Parts of a flat bank; they may overlap and leave gaps. */
export interface BankAttributes {
  readonly offsets: readonly number[];
  readonly sizes: readonly number[];
  /** Length of the bank. */
  readonly length: number;
}

/** Number of window positions along one axis. */
export function windowCount(
  length: number,
  size: number,
  { stride, dilation }: { stride: number; dilation: number },
  before: number,
  after: number,
): number {
  return Math.floor((length + before + after - dilation * (size - 1) - 1) / stride) + 1;
}

/** Added to the variance in batch and layer normalisation, as everywhere in the field. */
export const normEpsilon = 1e-5;
