import { learningRateOf, type Profile } from '@oneshot/nas';

/** Learning rates of one step. */
export interface LearningRates {
  readonly weights: number;
  /** Of α and β. */
  readonly architecture: number;
}

/** Both learning rates of a search by epoch and step. */
export function learningRatesOf(
  { weights, architecture, epochs }: Profile,
  stepsPerEpoch: number,
): (epoch: number, step: number) => LearningRates {
  const ofWeights = learningRateOf(weights.learningRate, epochs, stepsPerEpoch);
  const { learningRate } = architecture;
  const ofArchitecture =
    typeof learningRate === 'number' ? () => learningRate : learningRateOf(learningRate, epochs, stepsPerEpoch);
  return (epoch, step) => ({ weights: ofWeights(epoch, step), architecture: ofArchitecture(epoch, step) });
}
