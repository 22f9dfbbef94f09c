import { expect, test } from 'vitest';
import { escapeLatex } from './escape-latex.js';
import { latexTable } from './latex-table.js';

const table = (columns: number, rows: number) => ({
  title: 'Scores',
  columns: [
    { name: 'benchmark' },
    ...Array.from({ length: columns }, (_, i) => ({ name: `method ${i}`, number: true })),
  ],
  rows: Array.from({ length: rows }, (_, row) => [
    `b${row}`,
    ...Array.from({ length: columns }, (_, i) => `${row}.${i}`),
  ]),
});

test('a table of more rows than a page goes over several, its head on each', () => {
  const text = latexTable(table(2, 300));
  expect(text).not.toContain('\\begin{table}');
  const [first, others] = text.split('\\endfirsthead');
  for (const head of [first, others?.split('\\endhead')[0]]) expect(head).toContain('benchmark & ');
  for (const row of [0, 299]) expect(others).toContain(`    b${row} & ${row}.0 & ${row}.1 \\\\\n`);
});

test('a table wider than a page becomes several; each names its rows, and no column is lost', () => {
  const text = latexTable(table(60, 2));
  const panels = text.split('\\begin{table}').slice(1);
  expect(panels.length).toBeGreaterThan(1);
  for (const panel of panels) expect(panel).toMatch(/\n {4}b1 & 1\.\d+ &/);
  const cells = panels.flatMap((panel) => [...panel.matchAll(/ 1\.(\d+) /g)].map(([, column]) => Number(column)));
  expect(cells).toEqual(Array.from({ length: 60 }, (_, i) => i));
});

test('a table that fits is one, in the letters of its document', () => {
  const text = latexTable(table(4, 3));
  expect(text.match(/\\begin\{tabular\}/g)).toHaveLength(1);
  expect(text).not.toMatch(/size/);
});

test('a long option keeps both its hyphens', () => {
  expect(escapeLatex('--direction, well-known, 1–2')).toBe('-{}-direction, well-known, 1--2');
});
