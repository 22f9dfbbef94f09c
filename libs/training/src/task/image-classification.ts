import type { Dataset } from '@oneshot/data';
import { accuracyCount, crossEntropy, labels, tensor } from '@oneshot/engine';
import type { NetworkTarget } from '@oneshot/nas';
import type { Task } from './task.js';

/** Images in classes: cross-entropy, and the share of images whose class has the largest logit. */
export function imageClassification(target: NetworkTarget): Task {
  const { height, width, channels } = target.image;
  return {
    name: 'image_classification',
    target,
    layOut: ({ images, labels: classes, count }) => ({
      input: tensor(images, [count, height, width, channels]),
      wanted: labels(classes),
      count,
    }),
    loss: (output, { wanted }, options) => crossEntropy(output, wanted, options),
    right: (output, { wanted }) => accuracyCount(output, wanted),
  };
}

/** The task of a data set of images. */
export function taskOf({ image, classes }: Dataset): Task {
  return imageClassification({ image, classes: classes.length });
}
