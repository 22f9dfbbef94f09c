import type { DatasetSurvey } from '@oneshot/data';
import type { DataSpec } from '../spec/data-spec.js';

/** What of a data set decides how it is trained on. */
export interface DataSize {
  /** Images that an epoch sees. */
  readonly images: number;
  /** Height × width. */
  readonly pixels: number;
  /** The shorter side, in pixels. */
  readonly side: number;
}

/** The training images that a spec uses of a data set. */
export function dataSize({ train, image }: DatasetSurvey, data: Pick<DataSpec, 'trainImages' | 'half'>): DataSize {
  const images = Math.min(train, data.trainImages ?? train);
  return {
    images: Math.max(1, data.half === undefined ? images : Math.floor(images / 2)),
    pixels: image.height * image.width,
    side: Math.min(image.height, image.width),
  };
}

const [smallestBatch, largestBatch] = [8, 64];

/** Images per step: a power of two that makes about ten steps of an epoch, from 8 to 64. */
export function fittingBatch(images: number): number {
  const power = 2 ** Math.floor(Math.log2(Math.max(1, images / 10)));
  return Math.min(largestBatch, Math.max(smallestBatch, power));
}

/** Epochs that make about so many steps, within bounds. */
export function fittingEpochs(
  images: number,
  batch: number,
  { steps, least, most }: { readonly steps: number; readonly least: number; readonly most: number },
): number {
  return Math.min(most, Math.max(least, Math.round(steps / Math.ceil(images / batch))));
}

/** Padding before a random crop: four pixels of 32, as the field has it. */
export function fittingCrop(side: number): number {
  return Math.round(side / 8);
}
