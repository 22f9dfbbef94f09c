import { Run } from '@oneshot/contracts';
import { describe, expect, test } from 'vitest';
import { accuracyLines } from './accuracy-lines.js';

const trained = (testAccuracy: number, testImages: number, guessingAccuracy: number) =>
  accuracyLines(Run.fromPartial({ result: { testAccuracy, testImages, guessingAccuracy } }));

describe('the accuracy of a training', () => {
  test('stands alone where something was learned', () => {
    expect(trained(0.9, 33, 1 / 3)).toEqual(['Test accuracy: 90.00 %']);
    expect(accuracyLines(Run.fromPartial({ result: { testAccuracy: 0.9 } }))).toEqual(['Test accuracy: 90.00 %']);
  });

  test.each([
    [0.33, 33, 1 / 3],
    [0.8, 10, 0.5],
    [0.75, 60, 0.75],
    [1, 4, 1],
  ])('of %f on %i images is told from guessing, right on %f, or called that', (...figures) => {
    const [, verdict, advice] = trained(...figures);
    expect(verdict).toContain('cannot be told from guessing');
    expect(advice).toContain('more images');
  });
});
