import { expect, test } from 'vitest';
import { analyseScores } from '../analysis/analyse.js';
import { readScores } from '../input/read-scores.js';
import { rankDocument } from './rank-document.js';

const analysis = analyseScores(readScores('benchmark,a_1,"b|2, c"\nx,0.5,0.25\ny,0.5,0.75\nz,0.9,0.1\n'));

test('Markdown escapes what would break its tables', () => {
  const text = rankDocument(analysis, 'markdown');
  expect(text).toContain('| 1 | a\\_1 | 1.33 |');
  expect(text).toContain('b\\|2, c');
  expect(text).toContain('### What may not be concluded');
});

test('LaTeX escapes what would break its tables', () => {
  const text = rankDocument(analysis, 'latex');
  expect(text).toContain('1 & a\\_1 & 1.33 &');
  expect(text).toContain('95 \\% interval');
  expect(text).not.toMatch(/[τα²₁]/);
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
