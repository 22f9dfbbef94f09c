import { expect, test } from 'vitest';
import { boxPlot } from './box-plot.js';

const rows = (names: readonly string[], values = [1, 2, 3, 4, 9]) =>
  names.map((name, colour) => ({ name, values, colour }));

test('forty groups in thirty panels: small multiples five abreast, each row of panels with the names once', () => {
  const names = Array.from({ length: 40 }, (_, at) => `method ${at}`);
  const panels = Array.from({ length: 30 }, (_, at) => ({ title: `benchmark ${at}`, rows: rows(names) }));
  const { text, width, data } = boxPlot({ title: 't', panels, valueName: 'accuracy' });
  expect(text.match(/>method 7</g)).toHaveLength(6);
  expect(width).toBeLessThan(1400);
  expect(text.match(/class="box"/g)).toHaveLength(1200);
  expect(data.columns).toEqual(['panel', 'group', 'value']);
  expect(data.rows).toHaveLength(40 * 30 * 5);
});

test('long names are shortened where they are alike in the middle, and a key says what they stand for', () => {
  const long = ['a', 'b'].map((end) => `differentiable architecture search with partial channel connections, ${end}`);
  const { text, data } = boxPlot({ title: 't', panels: [{ rows: rows([...long, 'random']) }], valueName: 'v' });
  for (const end of ['a', 'b'])
    expect(text).toMatch(new RegExp(`>differentiable arc[^<]*…[^<]*, ${end} = differentiable`));
  expect(text).toContain('>random</text>');
  expect(data.rows[0]?.[0]).toBe(long[0]);
});

test('no value, one value, equal values and values that are none are drawn without a number that is none', () => {
  for (const values of [[], [5], [0, 0, 0, 0, 0, 0], [Number.NaN, 1, 2], [-3, -2, -1, -1, -1]]) {
    const { text } = boxPlot({ title: 't', panels: [{ rows: rows(['a'], values) }], valueName: 'v' });
    expect(text).not.toMatch(/NaN|Infinity|undefined/);
  }
});
