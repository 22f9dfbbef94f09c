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

/**
 * What the sampler made of α, per choice over the epochs; then, with edge normalisation, the
 * weights of the edges into each node.
 */
export function choiceTrajectories(history: SearchHistory): ChoiceTrajectory[] {
  const { groups, epochs: records } = history;
  if (records.length === 0) return [];
  const epochs = records.map(({ epoch }) => epoch);
  const options = groups.flatMap(({ name, options, choices }) =>
    choices.map(({ id, from, node, options: own }, row) => ({
      name: node === undefined ? (id ?? `${name} ${row}`) : `${name} ${from}→${node}`,
      options: own ?? options,
      epochs,
      weights: records.map(({ architectureWeights }) => architectureWeights[name]?.[row] ?? []),
    })),
  );
  return [...options, ...edgeTrajectories(history, epochs)];
}

function edgeTrajectories({ groups, epochs: records }: SearchHistory, epochs: readonly number[]): ChoiceTrajectory[] {
  if (records.every(({ edgeWeights }) => edgeWeights === undefined)) return [];
  return groups.flatMap(({ name, choices }) =>
    [...new Set(choices.map(({ node }) => node))].map((node) => {
      const entering = choices.flatMap((choice, row) => (choice.node === node ? [{ ...choice, row }] : []));
      return {
        name: `${name} edges into ${node}`,
        options: entering.map(({ from }) => `from ${from}`),
        epochs,
        weights: records.map(({ edgeWeights }) => entering.map(({ row }) => edgeWeights?.[name]?.[row] ?? Number.NaN)),
      };
    }),
  );
}
