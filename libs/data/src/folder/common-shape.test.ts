import { describe, expect, test } from 'vitest';
import { commonShape } from './common-shape.js';

const many = (height: number, width: number, images: number) => ({ height, width, images });
const size = (...args: Parameters<typeof commonShape>) => {
  const { height, width } = commonShape(...args);
  return [height, width];
};

describe('the shape that images are brought to', () => {
  test('is the one that most have, whatever a few others are', () => {
    expect(size([many(48, 64, 198), many(900, 300, 1)], undefined)).toEqual([48, 64]);
  });

  test('keeps the proportions of photographs, and has fewer pixels the more of them there are', () => {
    expect(size([many(1200, 1600, 199)], undefined)).toEqual([48, 64]);
    expect(size([many(1200, 1600, 5000)], undefined)).toEqual([36, 48]);
    expect(size([many(1200, 1600, 50_000)], undefined)).toEqual([24, 32]);
    expect(size([many(100, 4000, 10)], undefined)).toEqual([16, 64]);
  });

  test('is the median where no size prevails, so that at most half of the images are smaller', () => {
    expect(size([many(20, 40, 3), many(30, 30, 3), many(40, 20, 4)], undefined)).toEqual([30, 30]);
  });

  test('is never larger than what is there, unless asked for', () => {
    expect(size([many(9, 11, 5)], undefined)).toEqual([9, 11]);
    expect(size([many(9, 11, 5)], 32)).toEqual([32, 32]);
    expect(size([many(9, 11, 5)], [24, 40])).toEqual([24, 40]);
  });

  test('tells why', () => {
    expect(commonShape([many(48, 64, 198), many(900, 300, 1)], undefined).reason).toBe('198 of 199 images are');
    expect(commonShape([many(1200, 1600, 199)], undefined).reason).toBe(
      'all images are 1200×1600, made smaller for 199 images',
    );
  });
});
