import { expect, test } from 'vitest';
import { rankDocument } from '../documents/rank-document.js';
import { rankFigures } from '../figures/rank-figures.js';
import { readScores } from '../input/read-scores.js';
import { plotTable } from '../plot/plot-kinds.js';
import { renderRankReport } from '../report/rank-page.js';
import { analyseScores } from './analyse.js';

/** A wide table, in which method m wins by m / 100 but for a pattern that repeats. */
function wideTable(benchmarks: number, methods: number): string {
  const score = (row: number, method: number) => (0.5 + method / 100 + ((row * 7 + method * 13) % 11) / 100).toFixed(3);
  const names = Array.from({ length: methods }, (_, method) => `m${method}`);
  const rows = Array.from(
    { length: benchmarks },
    (_, row) => `b${row},${names.map((_, at) => score(row, at)).join(',')}`,
  );
  return `benchmark,${names.join(',')}\n${rows.join('\n')}\n`;
}

test('of thousands of benchmarks all are tested and the first are told one by one, which is said; no matrix of all is made', () => {
  const text = wideTable(3000, 10);
  const analysis = analyseScores(readScores(text));
  expect(analysis).toMatchObject({ benchmarkCount: 3000, kendall: null });
  expect(analysis.benchmarks).toHaveLength(250);
  expect(analysis.pairs[0]).toMatchObject({ a: 'm9', wins: expect.any(Number) });
  expect((analysis.pairs[0]?.wins ?? 0) + (analysis.pairs[0]?.ties ?? 0) + (analysis.pairs[0]?.losses ?? 0)).toBe(3000);
  expect(analysis.methods[0]?.rankInterval?.low).toBeLessThan(analysis.methods[0]?.averageRank ?? 0);
  const document = rankDocument(analysis, 'markdown');
  expect(document).toContain('the first 250 of 3000 benchmarks');
  expect(document).toContain('over 3000 benchmarks');
  const page = renderRankReport(analysis, { name: 'large', setting: [], commands: [] });
  expect(page.length).toBeLessThan(3e6);
  expect(rankFigures(analysis).map(({ name }) => name)).not.toContain('kendall');
  const asked = plotTable('kendall', text);
  expect(asked.title).toContain('between 200 of 3000 benchmarks');
});

test('of thousands of scores some are drawn, evenly through their order, which is said; statistics are of all', () => {
  const rows = Array.from({ length: 4000 }, (_, seed) => `${seed},${(seed % 1000) / 1000},${((seed * 3) % 997) / 997}`);
  const analysis = analyseScores(readScores(`seed,a,b,benchmark\n${rows.map((row) => `${row},x`).join('\n')}\n`));
  const [cell] = analysis.methods[0]?.benchmarks ?? [];
  expect(cell?.count).toBe(4000);
  expect(cell?.scores.length).toBeLessThanOrEqual(4001);
  const many = Array.from({ length: 30_000 }, (_, seed) => `${seed},${seed / 30_000},${(30_000 - seed) / 29_999},x`);
  const larger = analyseScores(readScores(`seed,a,b,benchmark\n${many.join('\n')}\n`));
  const told = larger.methods.find(({ method }) => method === 'a')?.benchmarks[0];
  expect([told?.count, told?.scores.length, told?.scores[0], told?.scores.at(-1)]).toEqual([
    30_000,
    4001,
    0,
    29_999 / 30_000,
  ]);
  expect(told?.scores[1000]).toBeCloseTo(0.25, 3);
  expect(rankFigures(larger).at(-1)?.figure.text).toContain('4001 of up to 30000 scores of a method');
});
