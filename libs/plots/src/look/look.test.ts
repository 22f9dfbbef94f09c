import { expect, test } from 'vitest';
import { seriesClass } from './figure-style.js';
import { marker } from './marker.js';
import { seriesNumbers } from './series-numbers.js';
import { shortNames } from './short-names.js';
import { textWidth } from './text-width.js';

test('a method has the same number whatever the order in which a figure names its methods', () => {
  const [ranked, spent] = [seriesNumbers(['gdas', 'drnas', 'darts']), seriesNumbers(['darts', 'gdas', 'drnas'])];
  expect([...ranked].sort()).toEqual([...spent].sort());
  expect([...ranked.keys()]).toEqual(['gdas', 'drnas', 'darts']);
});

test('methods of a report keep their numbers in a figure that shows some of them and others besides', () => {
  const numbers = seriesNumbers(['uninformed', 'gdas', 'a new one'], ['random', 'gdas', 'darts']);
  expect(Object.fromEntries(numbers)).toEqual({ gdas: 1, 'a new one': 3, uninformed: 4 });
});

test('49 series differ without colour: in dash, and in marker', () => {
  const grey = (series: number) => {
    const shape = marker(series, { x: 0, y: 0, r: 1 }).text.replace(/ s\d/, '');
    return `${seriesClass(series).split(' ')[1]} ${shape}`;
  };
  expect(new Set(Array.from({ length: 49 }, (_, series) => grey(series))).size).toBe(49);
});

test('short names fit, differ from each other, and come with a key', () => {
  const names = Array.from({ length: 12 }, (_, at) => `${'x'.repeat(60)}${at}${'x'.repeat(60)}`);
  const { of, key } = shortNames(names, 120);
  expect(new Set(names.map(of)).size).toBe(12);
  for (const name of names) expect(textWidth(of(name))).toBeLessThanOrEqual(124);
  expect(key.map(([, full]) => full)).toEqual(names);
  expect(shortNames(['darts'], 120).key).toEqual([]);
});
