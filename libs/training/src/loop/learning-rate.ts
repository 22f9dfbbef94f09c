import { cosineSchedule } from '@oneshot/engine';

/** A cosine learning rate (Loshchilov and Hutter 2017). */
export interface LearningRateSpec {
  readonly from: number;
  readonly to: number;
  /** `epoch`: constant within an epoch, as the field's code does; `step`: lowered after every step, better in short runs. */
  readonly every: 'epoch' | 'step';
}

/** The learning rate by epoch and step: `from` in the first, `to` reached after the last. */
export function learningRateOf(
  { from, to, every }: LearningRateSpec,
  epochs: number,
  stepsPerEpoch: number,
): (epoch: number, step: number) => number {
  const cosine = cosineSchedule({ from, to, steps: Math.max(1, epochs) });
  return every === 'epoch' ? cosine : (epoch, step) => cosine(epoch + step / stepsPerEpoch);
}
