/**
 * The native addon `oneshot.node`. Every call is synchronous, reads and writes the given arrays in
 * place (no copies), and throws an `Error` that names the argument, what was found and what is
 * allowed when a length or a number does not fit.
 *
 * All activations are `[batch, height, width, channels]`, float32. "Overwritten" means that earlier
 * contents do not matter. Results never depend on the number of threads.
 */

/**
 * Sets how many threads kernels use (1 … 256). The default is what the process may use, container
 * limits respected.
 */
export function setThreads(count: number): void;
export function threads(): number;
export type InstructionSet = 'avx512' | 'avx2' | 'neon' | 'scalar';
/** The vector instructions in use; at first the best of `instructionSets`. */
export function cpuFeatures(): InstructionSet;
/**
 * What the process may use, the best first: what this CPU has, up to the one that `ONESHOT_SIMD`
 * names.
 */
export function instructionSets(): InstructionSet[];
/**
 * Uses one of `instructionSets`, or with null the best. Plans made before must not be used any
 * more.
 */
export function setInstructions(name: InstructionSet | null): void;

/** What the buffer pool holds; bytes. */
export interface PoolStatistics {
  /** In use by plans and saved activations. */
  readonly usedBytes: number;
  /** Kept for reuse. */
  readonly freeBytes: number;
  /** The largest `usedBytes + freeBytes` so far. */
  readonly peakBytes: number;
  /** How many buffers were taken from the operating system so far: constant in the steady state. */
  readonly allocations: number;
}
export function poolStatistics(): PoolStatistics;
/** Returns all unused buffers to the operating system. */
export function releasePool(): void;

/**
 * Time spent per kind of kernel since `resetTrace`, wall time summed over threads; empty unless
 * `setTrace(true)`.
 */
export function setTrace(on: boolean): void;
export function resetTrace(): void;
export function trace(): Array<{ kernel: string; seconds: number; calls: number }>;

/**
 * What backward needs of one forward call. Freed by `release()`, or with the object by the garbage
 * collector.
 */
export class Saved {
  private constructor();
  release(): void;
  readonly bytes: number;
}

/**
 * What a forward call leaves for backward: nothing; every value that backward reads; or the
 * statistics of norms only, so that backward runs forward again from the inputs, to the same bits,
 * in a fifth to a half more time and without the activations' memory.
 */
export type Keep = 'nothing' | 'activations' | 'inputs';

export type Precision = 'float32' | 'bf16';

/**
 * A compiled cell schedule for one batch size and precision. Cheap to make; holds no activations.
 * Usable any number of times.
 */
export class CellPlan {
  /** @param scheduleJson `JSON.stringify` of a `CellSchedule`. */
  constructor(scheduleJson: string, batch: number, precision: Precision);
  /**
   * @param inputs one array per input state, each `batch * height * width * channels` long.
   * @param weights the weight bank, `weightCount` long.
   * @param mix `mixCount` coefficients, or `batch * mixCount` when `mixPerImage`.
   * @param running the statistics bank; required when not `train`, ignored (may be null) when
   * `train`.
   * @param train true normalises with batch statistics, false with `running`.
   * @param keep what the returned `Saved` holds; `nothing` returns null.
   * @param output overwritten with the result.
   * @param statistics when `train`: overwritten with the batch mean and the biased variance of
   * every norm, at the offsets of the schedule (other entries are left alone); may be null.
   */
  forward(
    inputs: Float32Array[],
    weights: Float32Array,
    mix: Float32Array,
    mixPerImage: boolean,
    running: Float32Array | null,
    train: boolean,
    keep: Keep,
    output: Float32Array,
    statistics: Float32Array | null,
  ): Saved | null;
  /**
   * Gradients of the call that made `saved` and `output`; `inputs`, `weights` and `mix` must hold
   * the same values as then. Each given gradient array is overwritten; null skips it. `saved` stays
   * usable until released.
   */
  backward(
    saved: Saved,
    inputs: Float32Array[],
    weights: Float32Array,
    mix: Float32Array,
    output: Float32Array,
    dOutput: Float32Array,
    dInputs: Array<Float32Array | null>,
    dWeights: Float32Array | null,
    dMix: Float32Array | null,
  ): void;
  /**
   * What the calls ask of the buffer pool, exactly: `keptBytes` from forward to backward; besides,
   * `forwardBytes` while forward runs and `backwardBytes` while backward runs, both from one buffer
   * that all cells share.
   */
  memory(keep: Keep): { keptBytes: number; forwardBytes: number; backwardBytes: number };
  /**
   * Floating point operations (a multiply-add counts 2) of one forward and of one backward call.
   */
  flops(): { forward: number; backward: number };
  /** `[height, width, channels]` of the output. */
  outputShape(): [number, number, number];
  /** Number of values behind each statistic, per norm: what the unbiased variance divides by. */
  statisticCounts(): Array<{ statistics: number; channels: number; count: number }>;
}

/**
 * Output element (y, x) reads input rows `y * strideHeight - padTop + ky * dilationHeight`, and
 * columns likewise.
 */
export interface ConvolutionGeometry {
  batch: number;
  height: number;
  width: number;
  inChannels: number;
  outHeight: number;
  outWidth: number;
  outChannels: number;
  kernelHeight: number;
  kernelWidth: number;
  strideHeight: number;
  strideWidth: number;
  dilationHeight: number;
  dilationWidth: number;
  padTop: number;
  padLeft: number;
}
/** Kernel `[kernelHeight, kernelWidth, inChannels, outChannels]`. */
export function convolution(g: ConvolutionGeometry, x: Float32Array, kernel: Float32Array, y: Float32Array): void;
export function convolutionInputGradient(g: ConvolutionGeometry, dy: Float32Array, kernel: Float32Array, dx: Float32Array): void;
export function convolutionKernelGradient(g: ConvolutionGeometry, x: Float32Array, dy: Float32Array, dKernel: Float32Array): void;

/**
 * Depthwise: `outChannels` must equal `inChannels`; kernel `[kernelHeight, kernelWidth, channels]`.
 */
export function depthwise(g: ConvolutionGeometry, x: Float32Array, kernel: Float32Array, y: Float32Array): void;
export function depthwiseInputGradient(g: ConvolutionGeometry, dy: Float32Array, kernel: Float32Array, dx: Float32Array): void;
export function depthwiseKernelGradient(g: ConvolutionGeometry, x: Float32Array, dy: Float32Array, dKernel: Float32Array): void;

/**
 * `outChannels` must equal `inChannels`, dilation must be 1. Padding never wins a maximum and is
 * not counted in an average.
 */
export function maxPool(g: ConvolutionGeometry, x: Float32Array, y: Float32Array): void;
/** The gradient goes to the first maximum of each window in row-major order. */
export function maxPoolGradient(g: ConvolutionGeometry, x: Float32Array, dy: Float32Array, dx: Float32Array): void;
export function averagePool(g: ConvolutionGeometry, x: Float32Array, y: Float32Array): void;
export function averagePoolGradient(g: ConvolutionGeometry, dy: Float32Array, dx: Float32Array): void;

/**
 * `c[i, j] = Σ_k A[i, k] B[k, j]`, `batch` times; A is stored `[rows, inner]` (or `[inner, rows]`
 * when transposeA), B likewise.
 */
export function matMul(
  batch: number,
  rows: number,
  inner: number,
  columns: number,
  transposeA: boolean,
  transposeB: boolean,
  a: Float32Array,
  b: Float32Array,
  c: Float32Array,
): void;

/**
 * x is `[count, channels]`. Writes y, the normalised values through the activation, the batch mean
 * and the biased variance (each `[channels]`).
 */
export function batchNormTrain(
  epsilon: number,
  activation: 'none' | 'relu' | 'hardSwish',
  x: Float32Array,
  scale: Float32Array,
  shift: Float32Array,
  y: Float32Array,
  mean: Float32Array,
  variance: Float32Array,
): void;
/** Gradient of `batchNormTrain` given its mean and variance. */
export function batchNormTrainGradient(
  epsilon: number,
  activation: 'none' | 'relu' | 'hardSwish',
  x: Float32Array,
  scale: Float32Array,
  shift: Float32Array,
  mean: Float32Array,
  variance: Float32Array,
  dy: Float32Array,
  dx: Float32Array,
  dScale: Float32Array,
  dShift: Float32Array,
): void;

// Element-wise; all arrays of one length. y may be one of the inputs.
export function relu(x: Float32Array, y: Float32Array): void;
/** dx = dy where x > 0, else 0. */
/** To the nearest bfloat16, of two the even one. */
export function roundBf16(x: Float32Array, y: Float32Array): void;

export function reluGradient(x: Float32Array, dy: Float32Array, dx: Float32Array): void;
export function add(a: Float32Array, b: Float32Array, y: Float32Array): void;
export function subtract(a: Float32Array, b: Float32Array, y: Float32Array): void;
export function multiply(a: Float32Array, b: Float32Array, y: Float32Array): void;
/** y = factor · x */
export function scale(factor: number, x: Float32Array, y: Float32Array): void;
/** y += factor · x */
export function axpy(factor: number, x: Float32Array, y: Float32Array): void;

export function sum(x: Float32Array): number;
/** Σ x² */
export function squaredNorm(x: Float32Array): number;

/** x `[batch, spatial, channels]` to y `[batch, channels]`. */
export function globalAverage(batch: number, spatial: number, channels: number, x: Float32Array, y: Float32Array): void;
export function globalAverageGradient(batch: number, spatial: number, channels: number, dy: Float32Array, dx: Float32Array): void;

/**
 * `sigmoid` 1/(1 + e⁻ˣ); `hardSigmoid` max(0, min(1, x/6 + 1/2)); `hardSwish` and `swish` x times
 * these; `gelu` x·Φ(x).
 */
export type ActivationFunction = 'sigmoid' | 'hardSigmoid' | 'hardSwish' | 'swish' | 'gelu';
/** y = f(x) */
export function activation(function_: ActivationFunction, x: Float32Array, y: Float32Array): void;
/** dx = f'(x) · dy */
export function activationGradient(
  function_: ActivationFunction,
  x: Float32Array,
  dy: Float32Array,
  dx: Float32Array,
): void;

/**
 * y = a ∘ b over axes of the given lengths, y in row-major order; strides say how far an operand
 * goes on along an axis, 0 where it is repeated. The last stride of each is 0 or 1.
 */
export function broadcastBinary(
  operation: 'add' | 'subtract' | 'multiply' | 'divide',
  lengths: number[],
  stridesA: number[],
  stridesB: number[],
  a: Float32Array,
  b: Float32Array,
  y: Float32Array,
): void;
/**
 * Copies one value for every place of the axes, from and to the places that start and strides tell.
 * Other values of y stay.
 */
export function copyStrided(
  lengths: number[],
  x: Float32Array,
  xStart: number,
  xStrides: number[],
  y: Float32Array,
  yStart: number,
  yStrides: number[],
): void;

/** y = x · factor, one factor per image or one for all. */
export function imageScale(x: Float32Array, factors: Float32Array, y: Float32Array): void;
/** Σ x · dy per image, or over all where `sums` has length 1. */
export function imageScaleGradient(x: Float32Array, dy: Float32Array, sums: Float32Array): void;
/** y = Σ factor · array over arrays; each has one factor per image, or one for all. */
export function weightedSum(arrays: Float32Array[], factors: Float32Array[], images: number, y: Float32Array): void;
/** y = Σ arrays, from left to right. */
export function sumArrays(arrays: Float32Array[], y: Float32Array): void;
/** y = x · factor + shift; x `[rows, channels]`, factor and shift `[channels]`. */
export function channelScaleShift(
  x: Float32Array,
  factor: Float32Array,
  shift: Float32Array | null,
  y: Float32Array,
): void;
/** dScale = Σ x · dy and dShift = Σ dy over rows. */
export function channelSums(x: Float32Array, dy: Float32Array, dScale: Float32Array, dShift: Float32Array): void;
/** x `[outer, length, inner]` to y `[outer, inner]` = factor · Σ x, summed in float64. */
export function sumAxis(
  outer: number,
  length: number,
  inner: number,
  factor: number,
  x: Float32Array,
  y: Float32Array,
): void;

/** Over rows of `columns` values. */
export function softmax(columns: number, x: Float32Array, y: Float32Array): void;
/** dx = dy·p − (Σ dy·p)·p */
export function softmaxGradient(columns: number, p: Float32Array, dy: Float32Array, dx: Float32Array): void;
/** Rows to mean 0 and variance 1; writes each row's 1/√(variance + epsilon). */
export function layerNorm(
  columns: number,
  epsilon: number,
  x: Float32Array,
  y: Float32Array,
  deviation: Float32Array,
): void;
/** Gradient of `layerNorm` from its results. */
export function layerNormGradient(
  columns: number,
  y: Float32Array,
  deviation: Float32Array,
  dy: Float32Array,
  dx: Float32Array,
): void;
/**
 * `x [images, pixels, channels]` times a factor per image and channel, the hard sigmoid of
 * `relu(mean · reduce + reduceBias) · expand + expandBias`. Writes y, the means and the factors
 * `[images, channels]`, and the bottleneck `[images, squeeze]`.
 */
export function squeezeExcite(
  images: number,
  x: Float32Array,
  reduce: Float32Array,
  reduceBias: Float32Array,
  expand: Float32Array,
  expandBias: Float32Array,
  y: Float32Array,
  mean: Float32Array,
  squeezed: Float32Array,
  factor: Float32Array,
): void;
/**
 * Gradient of `squeezeExcite` given what it wrote; those of the four arrays of its layers, in their
 * order, where they are asked for.
 */
export function squeezeExciteGradient(
  images: number,
  x: Float32Array,
  reduce: Float32Array,
  reduceBias: Float32Array,
  expand: Float32Array,
  expandBias: Float32Array,
  mean: Float32Array,
  squeezed: Float32Array,
  factor: Float32Array,
  dy: Float32Array,
  dx: Float32Array,
  dLayers: Float32Array[] | null,
): void;
/**
 * `0` where the stream's uniform number is below `rate`, else `1/(1 − rate)`; key and counter are
 * two words each, the lower first.
 */
export function dropoutMask(key: number[], counter: number[], rate: number, mask: Float32Array): void;

/**
 * Mean over the batch of softmax cross-entropy; logits `[batch, classes]`, labels `[batch]`.
 * Targets are `(1 - smoothing) · one-hot + smoothing / classes`. When `dLogits` is given it is
 * overwritten with the gradient of that mean.
 */
export function softmaxCrossEntropy(
  batch: number,
  classes: number,
  smoothing: number,
  logits: Float32Array,
  labels: Int32Array,
  dLogits: Float32Array | null,
): number;

/**
 * One step of SGD with momentum, in place: `g += weightDecay · w` (coupled) or
 * `w -= learningRate · weightDecay · w` (decoupled), `velocity = momentum · velocity + g`, `w -=
 * learningRate · (nesterov ? g + momentum · velocity : velocity)`. The gradient is left as it was.
 */
export function momentumSgd(
  weights: Float32Array,
  velocity: Float32Array,
  gradient: Float32Array,
  learningRate: number,
  momentum: number,
  weightDecay: number,
  nesterov: boolean,
  decoupled: boolean,
): void;
/**
 * One step of Adam (Kingma & Ba 2015; decoupled: Loshchilov & Hutter 2019), in place; `step` counts
 * from 1.
 */
export function adam(
  weights: Float32Array,
  firstMoment: Float32Array,
  secondMoment: Float32Array,
  gradient: Float32Array,
  step: number,
  learningRate: number,
  beta1: number,
  beta2: number,
  epsilon: number,
  weightDecay: number,
  decoupled: boolean,
): void;
