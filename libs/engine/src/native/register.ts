import { getKernelsForBackend, registerBackend, registerKernel, type TensorInfo } from '@tensorflow/tfjs-core';
import type { HostKernel } from '../backend/host.js';
import { referenceBackendName } from '../reference/register.js';
import type { Addon } from './addon.js';
import { NativeBackend } from './backend.js';
import { callingAddon } from './failure.js';
import { activation } from './kernels/activation.js';
import { activationGradient } from './kernels/activation-gradient.js';
import { add, addN, div, mul, sub } from './kernels/arithmetic.js';
import { batchNorm } from './kernels/batch-norm.js';
import { batchNormGradient } from './kernels/batch-norm-gradient.js';
import { cell } from './kernels/cell.js';
import { cellGradient } from './kernels/cell-gradient.js';
import { channelScaleShift } from './kernels/channel-scale-shift.js';
import { channelScaleShiftGradient } from './kernels/channel-scale-shift-gradient.js';
import { convolution } from './kernels/convolution.js';
import { convolutionInputGradient } from './kernels/convolution-input-gradient.js';
import { convolutionKernelGradient } from './kernels/convolution-kernel-gradient.js';
import { crossEntropy } from './kernels/cross-entropy.js';
import { crossEntropyGradient } from './kernels/cross-entropy-gradient.js';
import { depthwiseConvolution } from './kernels/depthwise-convolution.js';
import { depthwiseConvolutionInputGradient } from './kernels/depthwise-convolution-input-gradient.js';
import { depthwiseConvolutionKernelGradient } from './kernels/depthwise-convolution-kernel-gradient.js';
import { dropoutMask } from './kernels/dropout-mask.js';
import { globalAveragePool } from './kernels/global-average-pool.js';
import { globalAveragePoolGradient } from './kernels/global-average-pool-gradient.js';
import { imageScale } from './kernels/image-scale.js';
import { imageScaleGradient } from './kernels/image-scale-gradient.js';
import { layerNorm } from './kernels/layer-norm.js';
import { layerNormGradient } from './kernels/layer-norm-gradient.js';
import { concat, pad, slice, transpose } from './kernels/layout.js';
import { matMul } from './kernels/mat-mul.js';
import { pool } from './kernels/pool.js';
import { poolGradient } from './kernels/pool-gradient.js';
import { mean, sum } from './kernels/reductions.js';
import { relu } from './kernels/relu.js';
import { reluGradient } from './kernels/relu-gradient.js';
import { roundBf16 } from './kernels/round-bf16.js';
import { sigmoid } from './kernels/sigmoid.js';
import { softmax } from './kernels/softmax.js';
import { softmaxGradient } from './kernels/softmax-gradient.js';
import { squeezeExcite } from './kernels/squeeze-excite.js';
import { squeezeExciteGradient } from './kernels/squeeze-excite-gradient.js';
import { weightedSum } from './kernels/weighted-sum.js';

/** tfjs' name of the native backend. */
export const nativeBackendName = 'oneshot-native';

const hot: readonly HostKernel[] = [
  add,
  addN,
  concat,
  div,
  mean,
  pad,
  slice,
  sum,
  transpose,
  activation,
  activationGradient,
  dropoutMask,
  layerNorm,
  layerNormGradient,
  softmaxGradient,
  squeezeExcite,
  squeezeExciteGradient,
  imageScale,
  imageScaleGradient,
  channelScaleShift,
  channelScaleShiftGradient,
  softmax,
  sigmoid,
  batchNorm,
  batchNormGradient,
  cell,
  cellGradient,
  convolution,
  convolutionInputGradient,
  convolutionKernelGradient,
  crossEntropy,
  crossEntropyGradient,
  depthwiseConvolution,
  depthwiseConvolutionInputGradient,
  depthwiseConvolutionKernelGradient,
  globalAveragePool,
  globalAveragePoolGradient,
  matMul,
  mul,
  pool,
  poolGradient,
  relu,
  weightedSum,
  reluGradient,
  roundBf16,
  sub,
];

/**
 * Results of JavaScript kernels that are views of pooled memory (slices are) get memory of their
 * own.
 */
function separate(backend: NativeBackend, infos: TensorInfo | TensorInfo[]): TensorInfo | TensorInfo[] {
  for (const { dataId } of Array.isArray(infos) ? infos : [infos]) {
    const data = backend.data.get(dataId);
    if (backend.pool.isForeignView(data.values)) data.values = data.values.slice();
  }
  return infos;
}

/**
 * Makes the native backend known to tfjs: the addon's kernels, and the JavaScript ones for
 * everything else.
 */
export function registerNativeBackend(addon: Addon): NativeBackend {
  const backend = new NativeBackend(addon);
  registerBackend(nativeBackendName, () => backend);
  const names = new Set(hot.map(({ name }) => name));
  for (const { name, run } of hot) {
    registerKernel({
      kernelName: name,
      backendName: nativeBackendName,
      kernelFunc: (parameters) => callingAddon(() => run(parameters)),
    });
  }
  for (const { kernelName, kernelFunc } of getKernelsForBackend(referenceBackendName)) {
    if (names.has(kernelName)) continue;
    registerKernel({
      kernelName,
      backendName: nativeBackendName,
      kernelFunc: (parameters) => separate(backend, kernelFunc(parameters)),
    });
  }
  return backend;
}
