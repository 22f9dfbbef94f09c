/** Tensors, kernels, gradients, optimizers and random numbers. */
import './register.js';

export {
  type Arithmetic,
  arithmeticText,
  currentArithmetic,
  sameArithmetic,
  useArithmetic,
} from './backend/arithmetic.js';
export { environmentOptions } from './backend/environment-options.js';
export type { BackendInfo, BackendName, BackendOptions } from './backend/info.js';
export { backendInfo, selectBackend } from './backend/select.js';
export { type KernelTime, traceKernels, tracePrimitives } from './backend/trace.js';
export type { CellArguments } from './cell/arguments.js';
export type { CellMemory } from './cell/cell-memory.js';
export type { CellResult } from './cell/compose.js';
export { type CellMemoryOptions, cellMemory } from './cell/memory.js';
export { seenShape, shuffledOrder } from './cell/partial.js';
export type { Precision } from './cell/precision.js';
export { runCell } from './cell/run.js';
export type * from './cell/schedule.js';
export { cellShapes, outputShape, validateSchedule } from './cell/shapes.js';
export { batchVariances, updateRunning } from './cell/update-running.js';
export { EngineError, type EngineErrorCode, type EngineFault } from './errors.js';
export { pooledBytes } from './native/buffer-pool.js';
export { type AddressRange, FirstFit } from './native/first-fit.js';
export { accuracyCount } from './ops/accuracy-count.js';
export { gelu, hardSigmoid, hardSwish, swish } from './ops/activation.js';
export { type BatchNormOptions, type BatchNormResult, batchNorm } from './ops/batch-norm.js';
export { channelScaleShift } from './ops/channel-scale-shift.js';
export { type ConvolutionOptions, convolution } from './ops/convolution.js';
export { type CrossEntropyOptions, crossEntropy } from './ops/cross-entropy.js';
export { type CustomGradient, customGradient } from './ops/custom-gradient.js';
export { depthwiseConvolution } from './ops/depthwise-convolution.js';
export { dropout, dropoutMask } from './ops/dropout.js';
export {
  abs,
  add,
  clip,
  div,
  elu,
  exp,
  log,
  maximum,
  mul,
  neg,
  type Operand,
  sigmoid,
  sqrt,
  square,
  sub,
} from './ops/elementwise.js';
export { globalAveragePool } from './ops/global-average-pool.js';
export { imageScale } from './ops/image-scale.js';
export { type LayerNormOptions, layerNorm } from './ops/layer-norm.js';
export { linear } from './ops/linear.js';
export { type MatMulOptions, matMul } from './ops/mat-mul.js';
export { observeRelus } from './ops/observe-relu.js';
export { type PoolOptions, pool } from './ops/pool.js';
export { argMax, logSoftmax, max, mean, softmax, sum } from './ops/reduce.js';
export { relu } from './ops/relu.js';
export { concat, gather, oneHot, pad, reshape, slice, transpose } from './ops/shape.js';
export { type Excitation, squeezeExcite } from './ops/squeeze-excite.js';
export { stopGradient } from './ops/stop-gradient.js';
export { weightedSum } from './ops/weighted-sum.js';
export type { Padding, WindowOptions } from './ops/window.js';
export { Adam, type AdamOptions } from './optimizers/adam.js';
export { clipGlobalNorm } from './optimizers/clip-global-norm.js';
export { MomentumSgd, type MomentumSgdOptions } from './optimizers/momentum-sgd.js';
export type { Optimizer } from './optimizers/optimizer.js';
export { cosineSchedule, linearSchedule, type ScheduleOptions } from './optimizers/schedules.js';
export type { OptimizerState } from './optimizers/state.js';
export { dirichlet } from './random/dirichlet.js';
export { gammaSampleGradient } from './random/gamma-gradient.js';
export { type RandomStream, randomStream } from './random/stream.js';
export { labels, ones, scalar, tensor, zeros } from './tensor/create.js';
export { dispose, keep, type MemoryUse, memory, tidy } from './tensor/memory.js';
export { read } from './tensor/read.js';
export type { NestedNumbers, Tensor } from './tensor/tensor.js';
export { type Auxiliary, type LossResult, type ValueAndGradients, valueAndGradients } from './variables/gradients.js';
export { type Variable, variable } from './variables/variable.js';
