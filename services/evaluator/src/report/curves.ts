import type { ChoiceTrajectory, ReportCurve } from '@oneshot/plots';
import type { SearchHistory, TrainingHistory } from './histories.js';

type Point = readonly [number, number];

function curve(phase: string, metric: string, values: readonly (readonly [number, number | undefined])[]): ReportCurve {
  return { phase, metric, points: values.filter((point): point is Point => point[1] !== undefined) };
}

export function searchCurves({ epochs }: SearchHistory): ReportCurve[] {
  const of = (metric: string, value: (epoch: SearchHistory['epochs'][number]) => number | undefined) =>
    curve(
      'search',
      metric,
      epochs.map((epoch) => [epoch.epoch, value(epoch)] as const),
    );
  return [
    of('train_loss', (epoch) => epoch.trainLoss),
    of('train_accuracy', (epoch) => epoch.trainAccuracy),
    of('validation_loss', (epoch) => epoch.validationLoss),
    of('validation_accuracy', (epoch) => epoch.validationAccuracy),
  ].filter((each) => each.points.length > 0);
}

/** @param phase `retrain`, or which one if there are several. */
export function trainingCurves(phase: string, { epochs }: TrainingHistory): ReportCurve[] {
  return [
    curve(
      phase,
      'train_loss',
      epochs.map((epoch) => [epoch.epoch, epoch.trainLoss] as const),
    ),
    curve(
      phase,
      'train_accuracy',
      epochs.map((epoch) => [epoch.epoch, epoch.trainAccuracy] as const),
    ),
  ].filter((each) => each.points.length > 0);
}

/** What the sampler made of α, per choice over the epochs. */
export function choiceTrajectories({ groups, epochs }: SearchHistory): ChoiceTrajectory[] {
  if (epochs.length === 0) return [];
  return groups.flatMap(({ name, options, choices }) =>
    choices.map(({ from, node }, row) => ({
      name: `${name} ${from}→${node}`,
      options,
      epochs: epochs.map(({ epoch }) => epoch),
      weights: epochs.map(({ architectureWeights }) => architectureWeights[name]?.[row] ?? []),
    })),
  );
}
