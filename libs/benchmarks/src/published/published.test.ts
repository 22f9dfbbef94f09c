import { averageRanks, cliquesByDifference, kendall, nemenyiCriticalDifference, rankMethods } from '@oneshot/stats';
import { describe, expect, it } from 'vitest';
import { PUBLISHED_TABLES, publishedScores, publishedTable } from './catalogue.js';
import { compareConfoptRanks } from './confopt-ranks.js';
import { plain, readTable } from './table.js';

const tables = (numbers: readonly number[]) => numbers.map((number) => publishedTable(`confopt/${number}`));
const confoptMatrix = (numbers: readonly number[], measure: string) => {
  const methods = publishedTable('confopt/13').columns.map(({ name }) => name);
  return tables(numbers).map((table) => {
    const { scores } = publishedScores([table], measure);
    return methods.map((method) => scores.find((score) => score.method === method)?.value ?? Number.NaN);
  });
};

describe("confopt's ranks", () => {
  it('of table 13 follow from the mean accuracies of tables 2 to 10, all 63', () => {
    const cells = compareConfoptRanks('mean-accuracy').filter(({ table }) => table === 'confopt/13');
    expect(cells.length).toBe(63);
    expect(cells.filter(({ agrees }) => !agrees)).toEqual([]);
  });

  it('of tables 11 and 12 follow from accuracies averaged over the benchmarks of a row, all 42', () => {
    const cells = compareConfoptRanks('mean-accuracy').filter(({ table }) => table !== 'confopt/13');
    expect(cells.length).toBe(42);
    expect(cells.filter(({ agrees }) => !agrees)).toEqual([]);
  });

  it('of tables 11 and 12 do not follow from average ranks: these 17 cells differ', () => {
    const differing = compareConfoptRanks('average-rank').filter(({ agrees }) => !agrees);
    expect(
      differing.map(({ benchmarks, method, printed, computed }) => `${benchmarks} ${method} ${printed}→${computed}`),
    ).toEqual([
      'All-skip DARTS 6→5',
      'All-skip Fair DARTS 5→6',
      'No-skip Fair DARTS 3→5.5',
      'No-skip OLES 6→4',
      'No-skip PC-DARTS 4→3',
      'No-skip SmoothDARTS 5→5.5',
      'Regular DARTS 7→6',
      'Regular Fair DARTS 4→4.5',
      'Regular OLES 5→3',
      'Regular PC-DARTS 3→4.5',
      'Regular SmoothDARTS 6→7',
      'Single-cell OLES 6→5',
      'Single-cell SmoothDARTS 5→6',
      'Wide DARTS 7→6',
      'Wide DrNAS 4→3.5',
      'Wide Fair DARTS 6→7',
      'Wide OLES 3→3.5',
    ]);
  });
});

describe("confopt's figures", () => {
  it('3: the critical difference is 3.00; by maximum accuracy PC-DARTS differs from DARTS and SmoothDARTS, DrNAS from SmoothDARTS', () => {
    const difference = nemenyiCriticalDifference(7, 9);
    expect(difference).toBeCloseTo(3.002, 3);
    const best = averageRanks(confoptMatrix([2, 3, 4, 5, 6, 7, 8, 9, 10], 'maximum test accuracy'));
    expect([...best].map((rank) => rank.toFixed(2))).toEqual(['5.56', '2.89', '4.00', '3.22', '4.00', '2.33', '6.00']);
    expect(cliquesByDifference(best, difference)).toEqual([
      [5, 1, 3, 2, 4],
      [1, 3, 2, 4, 0],
      [3, 2, 4, 0, 6],
    ]);
  });

  it('4: Kendall correlations of benchmarks by maximum accuracy, all 80 cells that can be read', () => {
    const printed = [
      [1.0, -0.24, 0.05, 0.43, 0.33, 0.33, -0.14, 0.43, 0.33],
      [-0.24, 1.0, 0.14, 0.14, -0.33, -0.14, -0.43, -0.05, 0.05],
      [0.05, 0.14, 1.0, 0.43, 0.14, 0.52, 0.05, 0.05, 0.14],
      [0.43, 0.14, 0.43, 1.0, 0.52, 0.52, 0.24, 0.62, 0.52],
      [0.33, -0.33, 0.14, 0.52, 1.0, 0.62, 0.33, 0.33, 0.43],
      [0.33, -0.14, 0.52, 0.52, 0.62, 1.0, 0.33, 0.33, 0.43],
      [-0.14, -0.43, 0.05, 0.24, 0.33, 0.33, 1.0, 0.43, 0.33],
      [0.43, -0.05, 0.05, 0.62, 0.33, 0.33, 0.43, 1.0, 0.71],
      [null, 0.05, 0.14, 0.52, 0.43, 0.43, 0.33, 0.71, 1.0],
    ];
    const rows = confoptMatrix([4, 3, 2, 10, 9, 8, 7, 6, 5], 'maximum test accuracy');
    for (const [i, line] of printed.entries()) {
      for (const [j, value] of line.entries()) {
        if (value !== null) expect(kendall(rows[i] ?? [], rows[j] ?? []).tau).toBeCloseTo(value, 2);
      }
    }
  });
});

describe('published tables', () => {
  it('are there: confopt 2–13, ROME 1–7, TangleNAS 1–15, two-stage 1–3, 5, 6', () => {
    const numbers = (paper: string) => PUBLISHED_TABLES.filter((t) => t.paper.id === paper).map((t) => t.number);
    expect(numbers('confopt')).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]);
    expect(numbers('rome')).toEqual([1, 2, 3, 4, 5, 6, 7]);
    expect(numbers('tanglenas')).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15]);
    expect(numbers('two-stage')).toEqual([1, 2, 3, 5, 6]);
  });

  it('keep maximum accuracies above means, and percentages within 0 and 100', () => {
    for (const table of tables([2, 3, 4, 5, 6, 7, 8, 9, 10])) {
      for (const { values } of table.rows) expect(values[1]?.value).toBeGreaterThan(values[0]?.value ?? 100);
    }
    for (const table of PUBLISHED_TABLES) {
      for (const [at, { unit }] of table.columns.entries()) {
        for (const { values } of table.rows) {
          const value = values[at]?.value ?? 50;
          if (unit === '%') expect(value >= 0 && value <= 100).toBe(true);
        }
      }
    }
  });

  it('agree where papers print a number twice', () => {
    const cell = (id: string, label: string, column: string) => {
      const table = publishedTable(id);
      const row = table.rows.find(({ labels }) => Object.values(labels).join(' ').includes(label));
      return row?.values[table.columns.findIndex(({ name }) => name === column)]?.value;
    };
    expect(cell('rome/5', 'K=7', 'accuracy')).toBe(cell('rome/6', '(ROME)', 'accuracy'));
    expect(cell('rome/5', 'K=1', 'accuracy')).toBe(cell('rome/6', 'TD', 'accuracy'));
    expect(100 - (cell('rome/2', 'ROME-v2 (avg.)', 'error') ?? 0)).toBeCloseTo(
      cell('rome/5', 'K=7', 'accuracy') ?? 0,
      9,
    );
    expect(cell('tanglenas/3', 'SPOS+RS', 'CIFAR-10')).toBe(cell('tanglenas/10', 'SPOS+RS', 'CIFAR-10'));
    expect(cell('tanglenas/4', 'DrNAS', 'ImageNet')).toBe(
      cell('tanglenas/13', 'DrNAS single-stage WS 50%', 'ImageNet'),
    );
    expect(cell('tanglenas/3', 'SPOS+ES', 'search time')).toBe(cell('tanglenas/14', 'SPOS+ES', 'search time'));
  });

  it('can be ranked, alone or beside scores of a campaign', () => {
    const { scores, goal } = publishedScores([publishedTable('rome/1')], 'test error');
    expect(goal).toBe('min');
    const ranking = rankMethods(scores, 'smallest-first');
    expect(ranking.map(({ method }) => method)).toEqual(['ROME', 'GDAS', 'R-DARTS ADA', 'R-DARTS ES', 'DARTS']);
    expect(ranking[0]?.averageRank).toBe(1);
    const ours = ranking[0]?.benchmarks.map(({ benchmark }) => ({ method: 'ours', benchmark, value: 0.1 })) ?? [];
    expect(rankMethods([...scores, ...ours], 'smallest-first')[0]?.method).toBe('ours');
  });

  it('name what is not there', () => {
    expect(() => publishedTable('confopt/1')).toThrow('table: found "confopt/1", allowed is confopt/2');
    expect(() => publishedScores([publishedTable('confopt/2')], 'loss')).toThrow(
      'allowed is mean test accuracy, maximum test accuracy',
    );
  });

  it('are refused by row and cell if a transcription is broken', () => {
    const paper = { id: 'p', title: '', authors: '', year: 2000 };
    const read = (text: string) => readTable({ paper, number: 1, caption: '', columns: [plain('a', '')], text });
    expect(() => read('DARTS | 1 | 2')).toThrow('p/1 row 1: found 3 cells, allowed is 2');
    expect(() => read('DARTS | 1\nGDAS | 1.5.2')).toThrow('p/1 row 2: found "1.5.2"');
  });
});
