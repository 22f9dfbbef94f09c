import type { Dataset, DatasetPart } from '@oneshot/data';
import {
  Adam,
  accuracyCount,
  crossEntropy,
  linear as dense,
  dispose,
  labels,
  matMul,
  randomStream,
  read,
  tensor,
  tidy,
  valueAndGradients,
  variable,
} from '@oneshot/engine';

/** Accuracies on the test part of two classifiers that know nothing of images. */
export interface Baselines {
  /** Always the class with the most training images. */
  readonly majority: number;
  /** Multinomial logistic regression on normalised pixels, weights decayed, by Adam. */
  readonly linear: number;
  /** The class of the nearest training image by Euclidean distance of normalised pixels. */
  readonly nearest: number;
}

export function baselines(dataset: Dataset): Baselines {
  const train = normalised(dataset, dataset.train);
  const test = normalised(dataset, dataset.test);
  return {
    majority: majority(dataset),
    linear: linear(dataset, train, test),
    nearest: nearest(dataset, train, test),
  };
}

function normalised({ mean, std }: Dataset, { images, image }: DatasetPart): Float32Array {
  const { channels } = image;
  return Float32Array.from(images, (pixel, i) => (pixel / 255 - (mean[i % channels] ?? 0)) / (std[i % channels] ?? 1));
}

function majority({ classes, train, test }: Dataset): number {
  const counts = classes.map((_, label) => train.labels.filter((each) => each === label).length);
  const most = counts.indexOf(Math.max(...counts));
  return test.labels.filter((label) => label === most).length / test.count;
}

function linear({ classes, train, test }: Dataset, x: Float32Array, y: Float32Array): number {
  const features = x.length / train.count;
  const weights = variable(new Float32Array(features * classes.length), [features, classes.length], 'weights');
  const bias = variable(new Float32Array(classes.length), [classes.length], 'bias');
  const optimizer = new Adam({ beta1: 0.9, beta2: 0.999, weightDecay: 1e-3 });
  const batch = Math.min(64, train.count);
  const steps = Math.max(400, Math.ceil((20 * train.count) / batch));
  for (let step = 0; step < steps; step++) {
    const chosen = Array.from(randomStream(0, 'linear', step).uniform(batch), (draw) =>
      Math.min(train.count - 1, Math.floor(draw * train.count)),
    );
    const rows = new Float32Array(batch * features);
    for (const [row, i] of chosen.entries()) rows.set(x.subarray(i * features, (i + 1) * features), row * features);
    const images = tensor(rows, [batch, features]);
    const wanted = labels(Int32Array.from(chosen, (i) => train.labels[i] ?? 0));
    const { gradients } = valueAndGradients(
      () => ({ loss: crossEntropy(dense(images, weights.value, bias.value), wanted) }),
      [weights, bias],
    );
    optimizer.apply([weights, bias], gradients, 0.002 * (1 - step / steps));
    dispose(images, wanted, ...gradients);
  }
  const right = tidy(() => {
    const logits = dense(tensor(y, [test.count, features]), weights.value, bias.value);
    return accuracyCount(logits, labels(test.labels));
  });
  weights.dispose();
  bias.dispose();
  return right / test.count;
}

function nearest({ train, test }: Dataset, x: Float32Array, y: Float32Array): number {
  const features = x.length / train.count;
  const squares = Float32Array.from({ length: train.count }, (_, k) =>
    x.subarray(k * features, (k + 1) * features).reduce((sum, value) => sum + value * value, 0),
  );
  const transposed = new Float32Array(x.length);
  for (let k = 0; k < train.count; k++) {
    for (let j = 0; j < features; j++) transposed[j * train.count + k] = x[k * features + j] as number;
  }
  const products = tidy(() =>
    read(matMul(tensor(y, [test.count, features]), tensor(transposed, [features, train.count]))).slice(),
  );
  let right = 0;
  for (let i = 0; i < test.count; i++) {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let k = 0; k < train.count; k++) {
      const distance = (squares[k] as number) - 2 * (products[i * train.count + k] as number);
      if (distance < least) [least, best] = [distance, k];
    }
    if (train.labels[best] === test.labels[i]) right++;
  }
  return right / test.count;
}
