import type { Dataset } from '@oneshot/data';
import { accuracyCount, crossEntropy, labels, type StateShape, tensor } from '@oneshot/engine';
import type { Task } from './task.js';

/** What is told apart: images of one shape, in so many classes. */
export interface ImageClasses {
  readonly image: StateShape;
  readonly classes: number;
}

/** Images in classes: cross-entropy, and the share of images whose class has the largest logit. */
export function imageClassification({ image, classes: count }: ImageClasses): Task {
  const { height, width, channels } = image;
  return {
    name: 'image_classification',
    target: { input: image, outputs: count },
    layOut: ({ images, labels: classes, count: examples }) => ({
      input: tensor(images, [examples, height, width, channels]),
      wanted: labels(classes),
      count: examples,
    }),
    loss: (output, { wanted }, options) => crossEntropy(output, wanted, options),
    right: (output, { wanted }) => accuracyCount(output, wanted),
  };
}

/** The task of a data set of images. */
export function taskOf({ image, classes }: Dataset): Task {
  return imageClassification({ image, classes: classes.length });
}
