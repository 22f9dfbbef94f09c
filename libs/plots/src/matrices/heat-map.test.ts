import { describe, expect, test } from 'vitest';
import { heatMap } from './heat-map.js';

const count = (text: string, what: RegExp) => text.match(what)?.length ?? 0;
const table = (rows: number, columns: number, value: (row: number, column: number) => number | null) => ({
  title: 't',
  columns: Array.from({ length: columns }, (_, at) => `c${at}`),
  rows: Array.from({ length: rows }, (_, row) => ({
    name: `r${row}`,
    values: Array.from({ length: columns }, (_, column) => value(row, column)),
  })),
});
const texts = (text: string) => [...text.matchAll(/<text[^>]*>([^<]*)</g)].map(([, words]) => words);

describe('heat map', () => {
  test('values of both signs are coloured around zero, the fuller the further away; empty cells are told from zero', () => {
    const { text, data } = heatMap(
      table(2, 2, (row, column) => [[1, -0.5] as const, [null, 0] as const][row]?.[column] ?? null),
    );
    const fills = [...text.matchAll(/class="(cell-[a-z]+)"[^>]*?(?:fill-opacity="([\d.]+)")?><\/rect>/g)].slice(0, 4);
    expect(fills.map(([, kind]) => kind)).toEqual(['cell-heat', 'cell-below', 'cell-none', 'cell-heat']);
    expect(Number(fills[0]?.[2])).toBeGreaterThan(Number(fills[1]?.[2]));
    expect(text).toContain('r1, c0: no value');
    expect(data.rows).toContainEqual(['r1', 'c0', null]);
  });

  test('the scale is shown with its ends, and with its centre where it has one', () => {
    expect(texts(heatMap(table(2, 2, (row, column) => 2 * row - column)).text).slice(-3)).toEqual(['-2', '0', '2']);
    expect(texts(heatMap(table(2, 2, (row, column) => row + column + 0.5)).text)).toEqual(
      expect.arrayContaining(['value', '0.50', '2.50']),
    );
  });

  test('up to 32 columns have their numbers in the cells, beyond that they are for hovering', () => {
    expect(heatMap(table(30, 30, () => 0.25)).text).toContain('>0.250</text>');
    const many = heatMap(table(40, 40, (row, column) => (row === column ? 1 : -0.25))).text;
    expect(many).not.toContain('>-0.25</text></g>');
    expect(many).toContain('r3, c7: -0.25');
    expect(many).toContain('hatched: below 0.00');
  });

  test('names that have no room are left out by a rule that is told', () => {
    const { text } = heatMap(table(300, 300, (row, column) => row * column));
    const names = texts(text).filter((words) => /^c\d+$/.test(words ?? ''));
    const [first, second] = names.map((name) => Number(name?.slice(1)));
    expect(first).toBe(0);
    expect(text).toContain(`every ${second}th column is named`);
    expect(names).toHaveLength(Math.ceil(300 / (second ?? 1)));
  });

  test('of steps the last number stands under the name of the last column', () => {
    const { text } = heatMap({ ...table(2, 50, (row, column) => row + column), columnKind: 'steps', width: 300 });
    expect(texts(text)).toEqual(expect.arrayContaining(['c49', '49', '50']));
    expect(count(text, /class="cell-heat"/g)).toBe(100 + 12);
  });

  test('a table of one value, and one without any, are drawn without a number that is none', () => {
    for (const value of [3, null, Number.NaN])
      expect(heatMap(table(1, 1, () => value)).text).not.toMatch(/NaN|Infinity|undefined/);
  });
});
