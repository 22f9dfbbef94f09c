/** Kernels that tfjs lacks. Every backend registers each of them under these names. */
export const Kernel = {
  convolution: 'OneshotConvolution',
  convolutionInputGradient: 'OneshotConvolutionInputGradient',
  convolutionKernelGradient: 'OneshotConvolutionKernelGradient',
  depthwiseConvolution: 'OneshotDepthwiseConvolution',
  depthwiseConvolutionInputGradient: 'OneshotDepthwiseConvolutionInputGradient',
  depthwiseConvolutionKernelGradient: 'OneshotDepthwiseConvolutionKernelGradient',
  pool: 'OneshotPool',
  poolGradient: 'OneshotPoolGradient',
  batchNorm: 'OneshotBatchNorm',
  batchNormGradient: 'OneshotBatchNormGradient',
  channelScaleShift: 'OneshotChannelScaleShift',
  channelScaleShiftGradient: 'OneshotChannelScaleShiftGradient',
  imageScale: 'OneshotImageScale',
  imageScaleGradient: 'OneshotImageScaleGradient',
  weightedSum: 'OneshotWeightedSum',
  activation: 'OneshotActivation',
  activationGradient: 'OneshotActivationGradient',
  layerNorm: 'OneshotLayerNorm',
  layerNormGradient: 'OneshotLayerNormGradient',
  softmaxGradient: 'OneshotSoftmaxGradient',
  dropoutMask: 'OneshotDropoutMask',
  roundBf16: 'OneshotRoundBf16',
  relu: 'OneshotRelu',
  reluGradient: 'OneshotReluGradient',
  globalAveragePool: 'OneshotGlobalAveragePool',
  globalAveragePoolGradient: 'OneshotGlobalAveragePoolGradient',
  squeezeExcite: 'OneshotSqueezeExcite',
  squeezeExciteGradient: 'OneshotSqueezeExciteGradient',
  crossEntropy: 'OneshotCrossEntropy',
  crossEntropyGradient: 'OneshotCrossEntropyGradient',
  bankSplit: 'OneshotBankSplit',
  bankSplitGradient: 'OneshotBankSplitGradient',
} as const;

/**
 * Inputs of the squeeze-and-excitation's gradient: those of the forward call, what it left, `dy`.
 */
export type SqueezeExciteGradientInput =
  | 'x'
  | 'reduce'
  | 'reduceBias'
  | 'expand'
  | 'expandBias'
  | 'mean'
  | 'squeezed'
  | 'factor'
  | 'dy';

/** Kernels that only a backend with a fused cell executor has. */
export const FusedKernel = { cell: 'OneshotCell', cellGradient: 'OneshotCellGradient' } as const;
