import type { MetricPoint } from '@oneshot/contracts';
import type { TrainingEpoch } from '@oneshot/training';

/** The figures of one epoch as metric points; the step is the epoch, counted from 1. */
export function epochMetrics(epoch: TrainingEpoch): MetricPoint[] {
  const figures: Readonly<Record<string, number>> = {
    learning_rate: epoch.learningRate,
    drop_path: epoch.dropPath,
    train_loss: epoch.trainLoss,
    train_accuracy: epoch.trainAccuracy,
    gradient_norm: epoch.gradientNorm,
  };
  return Object.entries(figures).map(([name, value]) => ({ name, step: epoch.epoch, value }));
}
