import { expect, test } from 'vitest';
import { analyseScores } from '../analysis/analyse.js';
import { readScores } from '../input/read-scores.js';
import { rankDocument } from './rank-document.js';

const analysis = analyseScores(readScores('benchmark,a_1,"b|2, c"\nx,0.5,0.25\ny,0.5,0.75\nz,0.9,0.1\n'));

test('Markdown escapes what would break its tables', () => {
  const text = rankDocument(analysis, 'markdown');
  expect(text).toContain('| 1 | a\\_1 | **1.33** |');
  expect(text).toContain('b\\|2, c');
  expect(text).toContain('### What may not be concluded');
});

test('LaTeX escapes what would break its tables', () => {
  const text = rankDocument(analysis, 'latex');
  expect(text).toContain('1 & a\\_1 & \\textbf{1.33} &');
  expect(text).toContain('95 \\%');
  expect(text).not.toMatch(/[τα²₁]/);
});

test('LaTeX sets the best bold and underlines the second; ties share their mark, and leave no second', () => {
  const lines = rankDocument(
    analyseScores(readScores('benchmark,a,b,c\nx,0.5,0.25,0.1\ny,0.5,0.5,0.1\nz,0.2,0.2,0.2\n')),
    'latex',
  ).split('\n');
  const line = (name: string) => lines.find((each) => each.startsWith(`    ${name} & `));
  expect(line('x')).toBe('    x & \\textbf{0.5000 (1)} & \\underline{0.2500 (2)} & 0.1000 (3) \\\\');
  expect(line('y')).toBe('    y & \\textbf{0.5000 (1.5)} & \\textbf{0.5000 (1.5)} & 0.1000 (3) \\\\');
  expect(line('z')).toBe('    z & 0.2000 (2) & 0.2000 (2) & 0.2000 (2) \\\\');
  expect(lines[0]).toContain('\\usepackage{booktabs,longtable}');
});

test('where smaller is better, the smallest is the best', () => {
  const analysis = analyseScores(readScores('benchmark,a,b\nx,0.5,0.25\ny,0.4,0.25\n', { direction: 'down' }));
  expect(rankDocument(analysis, 'markdown')).toContain('| x | **0.2500 (1)** | <u>0.5000 (2)</u> |');
});

test('CSV has numbers in full and quotes names with commas', () => {
  const [header, first, second] = rankDocument(analysis, 'csv').split('\n');
  expect(header).toMatch(/^method,average rank,/);
  expect(first).toMatch(/^a_1,1\.3333333333333333,/);
  expect(second).toMatch(/^"b\|2, c",1\.6666666666666667,/);
});

test('JSON holds everything, and no number that JSON cannot hold', () => {
  const parsed = JSON.parse(rankDocument(analysis, 'json'));
  expect(parsed).toMatchObject({ measure: 'score', conclusions: { may: [expect.any(String)] } });
  expect(parsed.pairs[0]).toMatchObject({ a: 'a_1', wins: 2, losses: 1 });
});
