import { describe, expect, it } from 'vitest';
import { tinyDataset } from '../testing/tiny-dataset.js';
import { trainingImages } from './dependencies.js';

const dataset = tinyDataset();

describe('the images of a run', () => {
  it('are the first ones in file order', () => {
    expect([...trainingImages(dataset, { name: 'tiny', trainImages: 3 })]).toEqual([0, 1, 2]);
    expect(trainingImages(dataset, { name: 'tiny' })).toHaveLength(48);
  });

  it('fall into two halves that share none and leave none out', () => {
    const data = { name: 'tiny', trainImages: 25 };
    const first = trainingImages(dataset, { ...data, half: 'first' });
    const second = trainingImages(dataset, { ...data, half: 'second' });
    expect([first.length, second.length]).toEqual([12, 13]);
    expect([...first, ...second].sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, index) => index));
    expect(trainingImages(dataset, { ...data, half: 'first' })).toEqual(first);
  });
});
