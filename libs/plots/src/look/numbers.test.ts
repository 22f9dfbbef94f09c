import { expect, test } from 'vitest';
import { formatBytes, formatCount, formatFixed, formatPercent, formatSeconds } from './numbers.js';

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

test('a mean is written with the same digits as a fraction and as per cent', () => {
  expect([formatFixed(0.83375, 4), formatPercent(0.83375)]).toEqual(['0.8338', '83.38 %']);
  for (let count = 0; count <= 2000; count += 1) {
    const fraction = count / 2000;
    expect(formatFixed(fraction, 4).replace('.', '')).toBe(
      formatPercent(fraction).replace(/[. %]/g, '').padStart(5, '0'),
    );
  }
  expect([-0.00001, -2.5, 1e-9, 1e20, 1.005].map((value) => formatFixed(value, 2))).toEqual([
    '0.00',
    '-2.50',
    '0.00',
    '100000000000000000000.00',
    '1.01',
  ]);
  expect(formatFixed(Number.NaN, 2)).toBe('NaN');
});
