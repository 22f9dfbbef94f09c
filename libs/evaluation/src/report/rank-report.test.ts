import { expect, test } from 'vitest';
import { analyseScores } from '../analysis/analyse.js';
import { readScores } from '../input/read-scores.js';
import { renderRankReport } from './rank-page.js';
import { rankingFiles } from './ranking-files.js';

const source = {
  name: 'mine <b>',
  setting: [{ label: 'scores', value: 'mine.csv, sha256 1f0c' }],
  commands: ['oneshot report mine.csv'],
};
const analysis = analyseScores(readScores('benchmark,a,<i>\nx,1,2\ny,1,3\nz,4,3\n'));

test('the page tells ranking, pairs, limits, setting and how to reproduce; text from elsewhere stays text', () => {
  const page = renderRankReport(analysis, source);
  for (const heading of ['Ranking', 'What may not be concluded', 'Pairs of methods', 'Setting', 'How to reproduce']) {
    expect(page).toContain(`>${heading}</h2>`);
  }
  expect(page).toContain('oneshot report mine.csv');
  expect(page).not.toMatch(/<i>|<b>|<script|NaN|undefined/);
  expect(renderRankReport(analysis, source)).toBe(page);
});

test('every figure comes as SVG, PNG and PDF with its data as CSV', async () => {
  const files = new Map<string, Buffer>();
  for await (const { name, bytes } of rankingFiles(analysis, source, 'all')) files.set(name, bytes);
  const figures = [...files.keys()].filter((name) => name.startsWith('figures/'));
  expect(figures).toHaveLength(4 * 6);
  expect(files.get('figures/critical-difference.png')?.subarray(1, 4).toString()).toBe('PNG');
  expect(files.get('figures/critical-difference.pdf')?.subarray(0, 5).toString()).toBe('%PDF-');
  expect(files.get('figures/critical-difference.csv')?.toString()).toContain('method,average rank,');
});
