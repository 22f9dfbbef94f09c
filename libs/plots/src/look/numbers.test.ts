import { expect, test } from 'vitest';
import { formatBytes, formatCount, formatPercent, formatSeconds } from './numbers.js';

test('numbers are written as people read them', () => {
  expect([0.84, 42.4, 59.6, 185, 7620].map(formatSeconds)).toEqual([
    '0.8 s',
    '42 s',
    '1 min 00 s',
    '3 min 05 s',
    '2 h 07 min',
  ]);
  expect([812, 42_100, 3.4e6, 2e9].map(formatBytes)).toEqual(['812 B', '42.1 kB', '3.4 MB', '2.0 GB']);
  expect(formatPercent(0.86754)).toBe('86.75 %');
  expect(formatCount(1_234_567)).toBe('1\u202f234\u202f567');
});
