import { describe, expect, test } from 'vitest';
import { renderCampaignReport } from './campaign-page.js';
import type { CampaignReport } from './campaign-report.js';
import { conclusions } from './conclusions.js';
import { modelFileName } from './model-file-name.js';
import { exampleReport } from './testing/example-report.js';

const empty: CampaignReport = {
  name: 'nothing',
  scoreName: 'test accuracy',
  setting: [],
  ranking: [],
  runs: [],
  notes: [],
  reproduce: { commands: [], campaign: '' },
};

/** A campaign of many runs: seeds 0 to 29 of two methods on each of two benchmarks. */
function manyRuns() {
  const [run] = exampleReport.runs;
  if (run === undefined) return exampleReport;
  const seeds = Array.from({ length: 30 }, (_, seed) => seed);
  const runs = ['one', 'two'].flatMap((benchmark) =>
    ['darts', 'random'].flatMap((method) =>
      seeds.map((seed) => ({ ...run, benchmark, method, seed, score: (seed + 1) / 100 })),
    ),
  );
  return { ...exampleReport, runs };
}

describe('a report of 120 runs', () => {
  const page = renderCampaignReport(manyRuns());

  test('draws cells and parameters of the best run of each method on each benchmark, and says so', () => {
    expect(page).toContain('Of 120 runs, the best run of each method on each benchmark is shown.');
    expect(page).toContain('<h3>darts, two, seed 29: 30.00 %');
    expect(page).not.toContain('<h3>darts, two, seed 28');
  });

  test('sums curves up by method, and lists every run', () => {
    expect(page).toContain('darts, median of 30');
    expect(page.match(/<th scope="row">random<\/th><td>one<\/td>/g)).toHaveLength(30);
  });
});

describe('the campaign report', () => {
  const page = renderCampaignReport(exampleReport);

  test('holds every section, ranking first', () => {
    const titles = [...page.matchAll(/<h2 [^>]*>([^<]*)<\/h2>/g)].map((match) => match[1]);
    expect(titles).toEqual([
      'Ranking',
      'What may be concluded, and what not',
      'Setting',
      'Cost',
      'Learning curves',
      'Found cells',
      'Architecture parameters over time',
      'Operations over time',
      'Runs',
      'How to reproduce',
    ]);
  });

  test('has landmarks, one first heading, and no level of headings left out', () => {
    for (const landmark of ['header', 'nav', 'main'])
      expect(page.match(new RegExp(`<${landmark}[ >]`, 'g'))).toHaveLength(1);
    const levels = [...page.matchAll(/<h([1-6])[ >]/g)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [at, level] of levels.entries()) expect(level - (levels[at - 1] ?? 0)).toBeLessThanOrEqual(1);
    for (const [, label] of page.matchAll(/<section [^>]*aria-labelledby="([^"]*)"/g))
      expect(page).toContain(`id="${label}"`);
  });

  test('a method has one colour, dash and marker on the whole page, whatever the order of runs', () => {
    const html = renderCampaignReport({ ...exampleReport, runs: [...exampleReport.runs].reverse() });
    for (const { method } of exampleReport.ranking) {
      const marks = html.matchAll(
        new RegExp(`class="mark ([^"]*)"[^>]*><title>(?:[^<]*, )?${method}(?::|, seed)`, 'g'),
      );
      const looks = [...marks].map(([, look]) => look);
      expect(looks.length).toBeGreaterThan(10);
      expect(new Set(looks).size).toBe(1);
    }
  });

  test('every table says what it shows and names its rows and columns; every figure says what it shows', () => {
    const tables = page.match(/<table>.*?<\/table>/g) ?? [];
    expect(tables.length).toBeGreaterThan(2);
    for (const table of tables) {
      expect(table).toMatch(/^<table><caption>[^<]+<\/caption>/);
      expect(table).toContain('<th scope="row">');
      expect(table).not.toContain('<th>');
    }
    for (const [root] of page.matchAll(/<svg[^>]*>/g)) expect(root).toMatch(/role="img" aria-label="[^"]+"/);
  });

  test('is self-contained: no script, and nothing is loaded', () => {
    expect(page).not.toMatch(/<script|<link|<iframe|<img|src=|@import|url\(/);
  });

  test('links every model beside it', () => {
    for (const run of exampleReport.runs) expect(page).toContain(`href="${run.model?.href}"`);
  });

  test('every element that opens closes', () => {
    const open: string[] = [];
    for (const [, closing, name = ''] of page.replace(/<!DOCTYPE[^>]*>/, '').matchAll(/<(\/?)([a-zA-Z0-9]+)[^>]*>/g)) {
      if (name === 'meta') continue;
      if (closing === '/') expect(open.pop()).toBe(name);
      else open.push(name);
    }
    expect(open).toEqual([]);
  });

  test('text from outside cannot become markup', () => {
    const evil = '"><script>alert(1)</script>';
    const [first] = exampleReport.runs;
    if (first === undefined) throw new Error('the example has runs');
    const html = renderCampaignReport({
      ...exampleReport,
      name: evil,
      description: evil,
      setting: [{ label: evil, value: evil }],
      ranking: exampleReport.ranking.map((row) => ({ ...row, method: evil })),
      notes: [evil],
      reproduce: { commands: [evil], campaign: evil },
      runs: [
        {
          ...first,
          method: evil,
          error: evil,
          genotype: evil,
          model: { label: evil, href: evil },
          curves: first.curves.map((curve) => ({ ...curve, metric: evil })),
          choices: first.choices.map((choice) => ({ ...choice, name: evil, options: choice.options.map(() => evil) })),
          cells: first.cells.map((cell) => ({
            ...cell,
            title: evil,
            nodes: cell.nodes.map((node) => ({ ...node, label: evil })),
          })),
        },
      ],
    });
    expect(html.includes('<script')).toBe(false);
    expect(html.includes('</script')).toBe(false);
    expect(html.split('&quot;&gt;&lt;script').length).toBeGreaterThan(20);
  });

  test('a link that would run script is written out, not linked', () => {
    const runs = exampleReport.runs.map((run) => ({ ...run, model: { label: 'm', href: ' javascript:alert(1)' } }));
    expect(renderCampaignReport({ ...exampleReport, runs })).not.toContain('href=" javascript');
  });

  test('the same input gives the same bytes', () => {
    expect(renderCampaignReport(exampleReport)).toBe(page);
  });

  test('a campaign without a single score still gives a page', () => {
    expect(renderCampaignReport(empty)).toContain('there is no ranking');
  });

  test('a failed run is shown with its error', () => {
    const runs = exampleReport.runs.map((run, index) => {
      if (index > 0) return run;
      const { score: _score, ...rest } = run;
      return { ...rest, state: 'failed' as const, error: 'CHECKPOINT_CORRUPT: the file ends early' };
    });
    const html = renderCampaignReport({ ...exampleReport, runs });
    expect(html).toContain('CHECKPOINT_CORRUPT: the file ends early');
    expect(html).toContain('1 of 8 runs gave no score');
  });
});

describe('conclusions', () => {
  test('two seeds cannot give significance: the least p of a rank-sum test is 1/3', () => {
    expect(conclusions(exampleReport).join('\n')).toContain('is 0.33, so no difference here can reach significance');
  });

  test('searched methods are held against the control', () => {
    expect(conclusions(exampleReport).join('\n')).toContain(
      'On average the searched methods are 1.17 points above it.',
    );
    const worse = exampleReport.ranking.map((row) => ({ ...row, mean: row.method === 'random' ? 0.9 : row.mean }));
    expect(conclusions({ ...exampleReport, ranking: worse }).join('\n')).toContain('alone gives no reason to search');
  });

  test('methods that only equal the control are told to be no better', () => {
    const equal = exampleReport.ranking.map((row) => ({ ...row, mean: 0.87 }));
    expect(conclusions({ ...exampleReport, ranking: equal }).join('\n')).toContain(
      'the searched methods are no better',
    );
  });

  test('close followers of the first are named', () => {
    expect(conclusions(exampleReport).join('\n')).toContain('Within one standard deviation of drnas, the first: darts');
  });

  test('many seeds and several benchmarks need no such warning', () => {
    const ranking = exampleReport.ranking.map((row) => ({ ...row, count: 10, standardDeviation: 0 }));
    const runs = exampleReport.runs.map((run, index) => ({ ...run, benchmark: `b${index}` }));
    expect(conclusions({ ...exampleReport, ranking, runs })).toHaveLength(1);
  });
});

test('model files have names that every file system takes', () => {
  expect(modelFileName({ benchmark: 'fashion', method: 'darts', seed: 0 })).toBe('models/fashion_darts_seed0.onnx');
  expect(modelFileName({ benchmark: '../a b', method: 'x/y', seed: 1, training: 2 })).toMatch(
    /^models\/a-b_x-y_[0-9a-f]{8}_seed1_retraining2\.onnx$/,
  );
});

test('model files of different runs have different names', () => {
  const names = [
    ['a_b', 'c'],
    ['a', 'b_c'],
    ['a+b', 'c'],
    ['a b', 'c'],
    ['a-b', 'c'],
    ['.a-b', 'c'],
    ['', 'c'],
    ['unnamed', 'c'],
  ] as const;
  const files = names.map(([benchmark, method]) => modelFileName({ benchmark, method, seed: 0 }));
  expect(new Set(files).size).toBe(names.length);
});
