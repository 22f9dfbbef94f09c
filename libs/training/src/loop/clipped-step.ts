import { clipGlobalNorm, dispose, type Optimizer, type Tensor, type Variable } from '@oneshot/engine';

/** How far weights go along gradients. */
export interface StepSize {
  /** Largest global norm. */
  readonly clip: number;
  readonly learningRate: number;
}

/** One step along clipped gradients, which are freed; returns their norm before clipping. */
export function clippedStep(
  optimizer: Optimizer,
  variables: readonly Variable[],
  gradients: readonly Tensor[],
  { clip, learningRate }: StepSize,
): number {
  const clipped = clipGlobalNorm(gradients, clip);
  optimizer.apply(variables, clipped.gradients, learningRate);
  dispose(...gradients, ...clipped.gradients);
  return clipped.norm;
}
