import type { DatasetSurvey } from '@oneshot/data';
import { createSpace, findMethod, resizedSpace } from '@oneshot/nas';
import { dataSize, fittingBatch, fittingCrop, fittingEpochs } from './data-size.js';
import { falls, isRecord, namesOtherOptimizer, type Written, writtenOver } from './written.js';

/** A search takes about so many steps of the weights, within bounds of its epochs. */
const budget = { steps: 300, least: 5, most: 30 };
/**
 * Pixels of an epoch from which a network of half the width is searched: it takes half the time and
 * is hardly worse.
 */
const manyPixels = 2 ** 20;
const channels = { few: 16, many: 8 };
/**
 * α of DARTS moves by Adam at a rate of 3e-4 over 50 epochs of 25,000 images in batches of 64;
 * shorter searches take longer strides, to this.
 */
const paper = { rate: 3e-4, steps: 50 * 390 };
const largestRate = 0.02;
/**
 * Above this batch rates grow with the batch (Goyal et al. 2017); smaller ones take theirs back.
 */
const largeBatch = 256;

/**
 * A search spec with the settings that its writer left out fitted to the data: batch and epochs to
 * the number of images, width to their number and size, α's rate to the number of steps, the rate
 * of the weights to the batch where the method's own is a large one, the random crop to the size.
 * What is written stays. A method that trains nothing ignores all of it.
 */
export function fitSearch(written: unknown, survey: DatasetSurvey): Written {
  const spec = isRecord(written) ? written : {};
  const data = isRecord(spec.data) ? spec.data : {};
  const size = dataSize(survey, data);
  // Half of the images teach the weights, half α.
  const half = Math.max(1, Math.floor(size.images / 2));
  const batch = typeof spec.batch === 'number' ? spec.batch : fittingBatch(half);
  const epochs = typeof spec.epochs === 'number' ? spec.epochs : fittingEpochs(half, batch, budget);
  const steps = epochs * Math.ceil(half / batch);
  const rate = Math.min(largestRate, Math.max(paper.rate, (paper.rate * paper.steps) / steps));
  const profile = typeof spec.profile === 'string' ? { method: spec.profile } : spec.profile;
  return {
    ...spec,
    batch,
    epochs,
    space: fitSpace(spec.space, size.images * size.pixels),
    profile: isRecord(profile)
      ? writtenOver(
          {
            ...(falls(profile.weights)
              ? { weights: { learningRate: { every: 'step', ...rateOfBatch(profile, batch) } } }
              : {}),
            ...(namesOtherOptimizer(profile.architecture, 'architecture')
              ? {}
              : { architecture: { learningRate: Number(rate.toPrecision(2)) } }),
            augment: { crop: fittingCrop(size.side), flip: survey.mirrorKeepsClass },
          },
          profile,
        )
      : profile,
  };
}

/** The method's rate for another batch than its large one. */
function rateOfBatch({ method, weights }: Written, batch: number): { readonly from?: number } {
  const own = typeof method === 'string' ? findMethod(method)?.profile : undefined;
  if (own === undefined || own.batch <= largeBatch || namesOtherOptimizer(weights, 'weights')) return {};
  return { from: Number(((own.weights.learningRate.from * batch) / own.batch).toPrecision(2)) };
}

/**
 * A space with the width that fits; one that says its width keeps it, and one that has no common
 * width stays as it is.
 */
function fitSpace(space: unknown, pixels: number): unknown {
  const fitting = { channels: pixels > manyPixels ? channels.many : channels.few };
  const written = typeof space === 'string' ? { name: space } : space;
  if (!isRecord(written)) return space;
  const built = createSpace(written);
  if (built.kind.width === undefined) return space;
  if (written.name !== 'module') return writtenOver(fitting, written);
  const saysWidth = isRecord(written.options) && 'channels' in written.options;
  return saysWidth || built.kind.resize === undefined ? space : resizedSpace(built, fitting).definition;
}
