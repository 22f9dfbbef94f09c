import { registerGradient } from '@tensorflow/tfjs-core';
import { registerSaving } from '../tape/saving.js';
import { activationGradient } from './activation.js';
import { arithmeticGradients } from './arithmetic.js';
import { bankSplitGradient } from './bank-split.js';
import { batchNormGradient } from './batch-norm.js';
import { channelScaleShiftGradient } from './channel-scale-shift.js';
import { convolutionGradient } from './convolution.js';
import { crossEntropyGradient } from './cross-entropy.js';
import { depthwiseConvolutionGradient } from './depthwise-convolution.js';
import { functionGradients } from './functions.js';
import { fusedCellGradient } from './fused-cell.js';
import { globalAveragePoolGradient } from './global-average-pool.js';
import { imageScaleGradient } from './image-scale.js';
import { layerNormGradient } from './layer-norm.js';
import { layoutGradients } from './layout.js';
import { matMulGradient } from './mat-mul.js';
import { poolGradient } from './pool.js';
import { reductionGradients } from './reductions.js';
import { reluGradient } from './relu.js';
import { roundBf16Gradient } from './round-bf16.js';
import { squeezeExciteGradient } from './squeeze-excite.js';
import { weightedSumGradient } from './weighted-sum.js';

/**
 * Teaches the tape the gradients of all kernels we use, ours and those of tfjs; they hold on every
 * backend.
 */
export function registerGradients(): void {
  for (const config of [
    ...arithmeticGradients,
    ...functionGradients,
    ...layoutGradients,
    ...reductionGradients,
    matMulGradient,
    activationGradient,
    layerNormGradient,
    bankSplitGradient,
    batchNormGradient,
    channelScaleShiftGradient,
    convolutionGradient,
    crossEntropyGradient,
    depthwiseConvolutionGradient,
    fusedCellGradient,
    globalAveragePoolGradient,
    imageScaleGradient,
    poolGradient,
    reluGradient,
    roundBf16Gradient,
    squeezeExciteGradient,
    weightedSumGradient,
  ]) {
    const { kernelName, gradFunc } = config;
    registerGradient({ kernelName, gradFunc });
    registerSaving(kernelName, config);
  }
}
