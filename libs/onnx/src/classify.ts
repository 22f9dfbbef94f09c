import type { DatasetPart } from '@oneshot/data';
import { type Calibration, CalibrationTally } from './calibration.js';
import { type OutputKind, outputKind, softmax } from './probabilities.js';
import type { Classifier } from './session.js';

/** How the class of one output fared. */
export interface OutputTally {
  /** Images of the class. */
  readonly images: number;
  /** Images that were taken for the class, rightly or not. */
  readonly predicted: number;
  readonly correct: number;
}

export interface Tally {
  readonly perOutput: readonly OutputTally[];
  readonly inTop5: number;
  /** Time of all runs. */
  readonly seconds: number;
  readonly calibration: Calibration;
  readonly outputs: OutputKind;
}

/**
 * Classifies all images of a part, `batch` at a time; an image of label `l` is right where output
 * `outputOf[l]` is the largest.
 */
export async function classifyAll(
  classifier: Classifier,
  part: DatasetPart,
  options: {
    outputOf: readonly number[];
    batch: number;
    outputs?: OutputKind | undefined;
    signal?: AbortSignal | undefined;
  },
): Promise<Tally> {
  const { classes } = classifier;
  const { outputOf, batch, outputs, signal } = options;
  const atOnce = Math.min(batch, classifier.fixedBatch ?? batch);
  const perOutput = Array.from({ length: classes }, () => ({ images: 0, predicted: 0, correct: 0 }));
  const calibration = new CalibrationTally();
  let inTop5 = 0;
  let seconds = 0;
  let kind = outputs;
  for (let first = 0; first < part.count; first += atOnce) {
    signal?.throwIfAborted();
    const count = Math.min(atOnce, part.count - first);
    const pixels = imagesOf(part, first, count);
    const started = performance.now();
    const scores = await classifier.run(pixels, count);
    seconds += (performance.now() - started) / 1000;
    kind ??= outputKind(scores, classes);
    for (let i = 0; i < count; i++) {
      const output = outputOf[part.labels[first + i] ?? 0] ?? 0;
      const own = scores.subarray(i * classes, (i + 1) * classes);
      calibration.add(kind === 'logits' ? softmax(own) : own, output);
      const rank = rankOf(own, output);
      const row = perOutput[output];
      if (row) row.images++;
      if (row && rank === 0) row.correct++;
      if (rank < 5) inTop5++;
      const taken = perOutput[largestOf(own)];
      if (taken) taken.predicted++;
    }
  }
  return { perOutput, inTop5, seconds, calibration: calibration.result(), outputs: kind ?? 'logits' };
}

/** Raw pixels of some images of a part. */
export function imagesOf(part: DatasetPart, first: number, count: number): Uint8Array {
  const size = part.image.height * part.image.width * part.image.channels;
  return part.images.subarray(first * size, (first + count) * size);
}

/**
 * Number of outputs before `output`: larger scores, and equal ones of a smaller index. A score that
 * is no number comes last.
 */
function rankOf(scores: Float32Array, output: number): number {
  const own = scores[output] ?? Number.NaN;
  if (Number.isNaN(own)) return scores.length;
  let rank = 0;
  for (const [i, value] of scores.entries()) {
    if (value > own || (value === own && i < output)) rank++;
  }
  return rank;
}

/** The output with the largest score, the first of equal ones; −1 if none is a number. */
function largestOf(scores: Float32Array): number {
  let largest = -1;
  for (const [i, value] of scores.entries()) {
    if (!Number.isNaN(value) && (largest < 0 || value > (scores[largest] as number))) largest = i;
  }
  return largest;
}
