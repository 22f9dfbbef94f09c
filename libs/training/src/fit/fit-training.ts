import type { DatasetSurvey } from '@oneshot/data';
import { dataSize, fittingBatch, fittingCrop, fittingEpochs } from './data-size.js';
import { falls, isRecord, namesOtherOptimizer, type Written, writtenOver } from './written.js';

/** A retraining takes about so many steps, within bounds of its epochs. */
const budget = { steps: 1000, least: 15, most: 100 };
/** Learning rate at a batch of one; it grows with the square root of the batch. */
const rateOfOne = 0.0125;
/**
 * Images by which norms are estimated again: a thousand give means and variances to a few percent.
 */
const normImages = 1024;

/**
 * A training spec with the settings that its writer left out fitted to the data. The field's own
 * (600 epochs, batches of 96, a cutout of 16 pixels, dropped paths) are made for 50,000 images and
 * underfit small sets within any time: here batch and epochs follow from the number of images, the
 * rate from the batch and falls with every step, the random crop from the size, and norms are
 * estimated again. What is written stays.
 */
export function fitTraining(written: unknown, survey: DatasetSurvey): Written {
  const spec = isRecord(written) ? written : {};
  const data = isRecord(spec.data) ? spec.data : {};
  const { images, side } = dataSize(survey, data);
  const batch = typeof spec.batch === 'number' ? spec.batch : fittingBatch(images);
  const rate = Number((rateOfOne * Math.sqrt(batch)).toPrecision(2));
  return writtenOver(
    {
      batch,
      epochs: fittingEpochs(images, batch, budget),
      weights: {
        learningRate: {
          // What fits SGD fits no other optimizer: its rate is to be written.
          ...(namesOtherOptimizer(spec.weights, 'weights') ? {} : { from: rate }),
          ...(falls(spec.weights) ? { to: 0, every: 'step' } : {}),
        },
      },
      augment: { crop: fittingCrop(side), flip: survey.mirrorKeepsClass, cutout: 0 },
      dropPath: 0,
      normImages,
    },
    spec,
  );
}
