import { rankMethods } from '@oneshot/stats';
import { describe, expect, it } from 'vitest';
import { publishedByName } from './by-name.js';
import { publishedTable } from './catalogue.js';
import { confoptBenchmarkCorrelations, confoptWinRates } from './confopt-figures.js';

describe('published results by name', () => {
  it('are scores in the unit of a campaign, ranked beside its own', () => {
    const { scores, direction, measure } = publishedByName('published:confopt/table-2..10');
    expect([direction, measure, scores.length]).toEqual(['up', 'mean test accuracy', 63]);
    const benchmarks = new Set(scores.map(({ benchmark }) => benchmark));
    expect(benchmarks).toContain('wide-no-skip');
    const own = [...benchmarks].map((benchmark) => ({ method: 'darts', benchmark, value: 0.99 }));
    const ranking = rankMethods([...scores, ...own]);
    expect(ranking[0]?.method).toBe('darts');
    expect(ranking.map(({ method }) => method)).toContain('DARTS (confopt)');
  });

  it('give any measure of a table', () => {
    const { scores } = publishedByName('published:confopt/table-2:maximum test accuracy');
    const drnas = scores.find(({ method }) => method === 'DrNAS (confopt)');
    expect(drnas).toEqual({ method: 'DrNAS (confopt)', benchmark: 'deep-regular', value: expect.closeTo(0.8975, 10) });
    expect(publishedByName('published:two-stage/table-2').direction).toBe('down');
  });

  it('name what there is where something is not', () => {
    for (const name of [
      'published:confopt/table-1',
      'published:confopt',
      'published:nobody/table-2',
      'published:confopt/table-9..2',
    ]) {
      expect(() => publishedByName(name), name).toThrow(
        'allowed is published:confopt/table-2, published:confopt/table-3',
      );
    }
    expect(() => publishedByName('published:confopt/table-2:loss')).toThrow('allowed is mean test accuracy, maximum');
  });
});

describe("confopt's square figures", () => {
  const labels = publishedTable('confopt/13').columns.map(({ name }) => name);

  it('7: all 42 win rates by mean accuracy follow from the printed ranks of table 13 as well', () => {
    const printed = publishedTable('confopt/13').rows.map(({ values }) =>
      values.map((cell) => cell?.value ?? Number.NaN),
    );
    const { values } = confoptWinRates('mean test accuracy');
    const differing: string[] = [];
    for (const [i, method] of labels.entries()) {
      for (const [j, opponent] of labels.entries()) {
        if (i === j) continue;
        const won = printed.filter((ranks) => (ranks[i] ?? 0) < (ranks[j] ?? 0)).length / printed.length;
        if (Math.abs(won - (values[i]?.[j] ?? Number.NaN)) > 1e-12) differing.push(`${method} against ${opponent}`);
      }
    }
    expect(differing).toEqual([]);
  });

  it('6: by maximum accuracy PC-DARTS beats most, SmoothDARTS fewest; a pair shares its benchmarks', () => {
    const { values } = confoptWinRates('maximum test accuracy');
    const average = values.map(
      (row) => row.reduce((sum, rate) => sum + (Number.isNaN(rate) ? 0 : rate), 0) / (labels.length - 1),
    );
    expect(labels[average.indexOf(Math.max(...average))]).toBe('PC-DARTS');
    expect(labels[average.indexOf(Math.min(...average))]).toBe('SmoothDARTS');
    for (const [i, row] of values.entries()) {
      for (const [j, rate] of row.entries()) if (i !== j) expect(rate + (values[j]?.[i] ?? 0)).toBeCloseTo(1, 12);
    }
  });

  it('4 and 5: benchmarks correlate with themselves perfectly, with others as figure 4 prints', () => {
    const best = confoptBenchmarkCorrelations('maximum test accuracy');
    expect(best.labels[0]).toBe('Deep x All Skip');
    expect(best.values[0]?.map((tau) => tau.toFixed(2))).toEqual([
      '1.00',
      '-0.24',
      '0.05',
      '0.43',
      '0.33',
      '0.33',
      '-0.14',
      '0.43',
      '0.33',
    ]);
    const mean = confoptBenchmarkCorrelations('mean test accuracy');
    mean.values.forEach((row, i) => {
      expect(row[i]).toBe(1);
    });
  });
});
