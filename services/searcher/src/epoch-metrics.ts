import type { MetricPoint } from '@oneshot/contracts';
import type { SearchEpoch } from '@oneshot/training';

/**
 * The figures of one epoch and its time as metric points; the step is the epoch, counted from 1.
 */
export function epochMetrics(epoch: SearchEpoch, seconds: number): MetricPoint[] {
  const figures: Readonly<Record<string, number | undefined>> = {
    learning_rate: epoch.learningRate,
    temperature: epoch.temperature,
    train_loss: epoch.trainLoss,
    train_accuracy: epoch.trainAccuracy,
    validation_loss: epoch.validationLoss,
    validation_accuracy: epoch.validationAccuracy,
    weight_gradient_norm: epoch.weightGradientNorm,
    architecture_gradient_norm: epoch.architectureGradientNorm,
    seconds,
  };
  return Object.entries(figures).flatMap(([name, value]) =>
    value === undefined ? [] : [{ name, step: epoch.epoch, value }],
  );
}
