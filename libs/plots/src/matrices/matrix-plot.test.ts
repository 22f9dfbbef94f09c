import { expect, test } from 'vitest';
import { matrixPlot } from './matrix-plot.js';

const plot = { title: 't', rows: ['a', 'b'], columns: ['x', 'y'], centre: 0, reach: 1 };

test('values above and below the centre differ in colour, the stronger the further; null is left empty', () => {
  const { text, data } = matrixPlot({
    ...plot,
    values: [
      [1, -0.5],
      [null, 0],
    ],
  });
  expect(text.match(/class="cell-heat"/g)).toHaveLength(2);
  expect(text.match(/class="cell-below"/g)).toHaveLength(1);
  expect(text).toContain('a, y: -0.50');
  expect(data).toEqual({
    columns: ['row', 'x', 'y'],
    rows: [
      ['a', 1, -0.5],
      ['b', null, 0],
    ],
  });
});

test('forty columns keep their values for hovering', () => {
  const names = Array.from({ length: 40 }, (_, at) => `m${at}`);
  const { text } = matrixPlot({ ...plot, rows: names, columns: names, values: names.map(() => names.map(() => 0.25)) });
  expect(text).toContain('m3, m7: 0.25');
  expect(text).not.toContain('>0.25</text>');
});
