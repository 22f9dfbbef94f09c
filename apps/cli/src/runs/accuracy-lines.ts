import type { Run } from '@oneshot/contracts';
import { binomialTail } from '@oneshot/stats';
import { resultNumber } from './result.js';

/** A result that guessing reaches with at least this probability is no sign of learning. */
const level = 0.05;

/**
 * What a training came to on the test images, in lines; a result that cannot be told from guessing
 * is called that, with what to try.
 */
export function accuracyLines(training: Run): string[] {
  const accuracy = resultNumber(training, 'testAccuracy');
  if (accuracy === undefined) return [];
  const line = `Test accuracy: ${(100 * accuracy).toFixed(2)} %`;
  const guessing = resultNumber(training, 'guessingAccuracy');
  const images = resultNumber(training, 'testImages');
  if (guessing === undefined || images === undefined) return [line];
  const right = Math.round(accuracy * images);
  const learned = guessing === 0 ? right > 0 : guessing < 1 && binomialTail(right, images, guessing) < level;
  if (learned) return [line];
  return [
    line,
    `This cannot be told from guessing: always answering the most frequent class is right on ${(100 * guessing).toFixed(2)} % of the ${images} test images.`,
    'To try: more images of every class; more epochs (--retrain-epochs); other pixels (--image-size); another seed; `oneshot data check` tells what the data hold.',
  ];
}
