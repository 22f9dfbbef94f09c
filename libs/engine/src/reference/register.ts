import '@tensorflow/tfjs-backend-cpu';
import { Add, PadV2, registerKernel, Slice, unregisterKernel } from '@tensorflow/tfjs-core';
import type { HostKernel } from '../backend/host.js';
import { alike, isFloat, javascriptBackendName, orElse } from '../backend/or-else.js';
import { activation } from './kernels/activation.js';
import { activationGradient } from './kernels/activation-gradient.js';
import { add } from './kernels/add.js';
import { bankSplit } from './kernels/bank-split.js';
import { bankSplitGradient } from './kernels/bank-split-gradient.js';
import { batchNorm } from './kernels/batch-norm.js';
import { batchNormGradient } from './kernels/batch-norm-gradient.js';
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
import { pad } from './kernels/pad.js';
import { pool } from './kernels/pool.js';
import { poolGradient } from './kernels/pool-gradient.js';
import { relu } from './kernels/relu.js';
import { reluGradient } from './kernels/relu-gradient.js';
import { roundBf16 } from './kernels/round-bf16.js';
import { slice } from './kernels/slice.js';
import { softmaxGradient } from './kernels/softmax-gradient.js';
import { squeezeExcite } from './kernels/squeeze-excite.js';
import { squeezeExciteGradient } from './kernels/squeeze-excite-gradient.js';
import { weightedSum } from './kernels/weighted-sum.js';

/**
 * Every kernel of ours in plain TypeScript: exact and clear, for tests and as the fallback without
 * the native binary.
 */
export const referenceKernels: readonly HostKernel[] = [
  activation,
  activationGradient,
  dropoutMask,
  layerNorm,
  layerNormGradient,
  softmaxGradient,
  squeezeExcite,
  squeezeExciteGradient,
  bankSplitGradient,
  bankSplit,
  batchNormGradient,
  batchNorm,
  channelScaleShiftGradient,
  channelScaleShift,
  convolutionInputGradient,
  convolutionKernelGradient,
  convolution,
  crossEntropyGradient,
  crossEntropy,
  depthwiseConvolutionInputGradient,
  depthwiseConvolutionKernelGradient,
  depthwiseConvolution,
  globalAveragePoolGradient,
  globalAveragePool,
  imageScaleGradient,
  imageScale,
  poolGradient,
  pool,
  reluGradient,
  relu,
  roundBf16,
  weightedSum,
];

/** tfjs' name of the backend that the reference kernels run on. */
export const referenceBackendName = javascriptBackendName;

/**
 * Kernels of tfjs that ours replace where they can: theirs go number by number through functions.
 */
function fasterKernels(): readonly HostKernel[] {
  return [
    orElse<'a' | 'b'>(Add, alike, add),
    orElse<'x'>(PadV2, ({ x }) => isFloat(x), pad),
    orElse<'x'>(Slice, ({ x }) => isFloat(x), slice),
  ];
}

/** Adds our kernels to the JavaScript backend. */
export function registerReferenceKernels(): void {
  const faster = fasterKernels();
  for (const { name } of faster) unregisterKernel(name, referenceBackendName);
  for (const { name, run } of [...referenceKernels, ...faster]) {
    registerKernel({ kernelName: name, backendName: referenceBackendName, kernelFunc: run });
  }
}
