import { describe, expect, test } from 'vitest';
import { analyseScores } from '../analysis/analyse.js';
import { combineScores } from '../compare/combine.js';
import { compareDocument } from '../compare/compare-document.js';
import { compareMethods } from '../compare/compare-methods.js';
import { rankDocument } from '../documents/rank-document.js';
import { pairsData } from '../documents/rank-tables.js';
import { rankFigures } from '../figures/rank-figures.js';
import { renderRankReport } from '../report/rank-page.js';
import { directionOfName } from './direction-of-name.js';
import { readScores } from './read-scores.js';

describe('the direction that a name tells', () => {
  const names = {
    down: [
      ...[
        'error',
        'test_error',
        'Top-1 error (%)',
        'valError',
        'loss',
        'cross-entropy',
        'NLL',
        'negative log likelihood',
      ],
      ...[
        'latency (ms)',
        'time [s]',
        'search time',
        'seconds per image',
        'MFLOPs',
        'params (M)',
        'parameters',
        'perplexity',
      ],
      ...[
        'RMSE',
        'accuracy loss',
        'loss of accuracy',
        'time to accuracy',
        'average rank',
        'peak memory',
        'simple regret',
      ],
    ],
    up: [
      ...[
        'accuracy',
        'test accuracy',
        'val_acc',
        'top-1 accuracy',
        'mIoU',
        'mAP',
        'F1',
        'AUC',
        'BLEU',
        'R2',
        'log likelihood',
      ],
      ...['images per second', 'throughput', 'neg_mean_squared_error', 'Kendall tau', 'rank correlation', 'reward'],
    ],
    none: ['score', 'value', 'result', 'terror', 'timeline', 'y'],
  };
  test.each(names.down)('of %s smaller is better', (name) => expect(directionOfName(name)).toBe('down'));
  test.each(names.up)('of %s larger is better', (name) => expect(directionOfName(name)).toBe('up'));
  test.each(names.none)('%s tells none', (name) => expect(directionOfName(name)).toBeUndefined());
});

const errors = 'method,benchmark,error\na,x,0.1\nb,x,0.2\na,y,0.3\nb,y,0.5\n';

describe('scores', () => {
  test('of a column named error are ranked with the smallest first; --direction decides', () => {
    const guessed = readScores(errors);
    expect(guessed).toMatchObject({ direction: 'down', directionReason: { from: 'name', name: 'error' } });
    expect(analyseScores(guessed).methods[0]?.method).toBe('a');
    const asked = readScores(errors, { direction: 'up' });
    expect(asked).toMatchObject({ direction: 'up', directionReason: { from: 'asked' } });
    expect(analyseScores(asked).methods[0]?.method).toBe('b');
  });

  test('have the direction of the measure that was named, of the corner of a wide table, or of all its benchmarks', () => {
    const wide = 'benchmark,a,b\nx,1,2\ny,3,4\n';
    expect(readScores(wide)).toMatchObject({ direction: 'up', directionReason: { from: 'default' } });
    expect(readScores(wide, { measure: 'test loss' }).direction).toBe('down');
    expect(readScores('test error,a,b\nx,1,2\ny,3,4\n').direction).toBe('down');
    expect(readScores('benchmark,a,b\nCIFAR-10 error,1,2\nSVHN error (%),3,4\n').direction).toBe('down');
    expect(readScores('benchmark,a,b\ntime series,1,2\nmemory game,3,4\n').direction).toBe('up');
  });

  test('of benchmarks that point in different directions are refused, unless a direction is asked for', () => {
    const mixed = 'benchmark,a,b\naccuracy,0.9,0.8\nlatency (ms),12,10\n';
    expect(() => readScores(mixed)).toThrow(
      /"latency \(ms\)", beside others, such as "accuracy".*--direction up or down/,
    );
    expect(readScores(mixed, { direction: 'down' }).direction).toBe('down');
  });

  test('whose columns are measures and not methods are refused', () => {
    expect(() => readScores('model,accuracy,latency\nresnet,0.9,12\nvgg,0.8,30\n')).toThrow(
      'columns that are measures: accuracy (larger is better), latency (smaller is better)',
    );
  });

  test('of inputs that point in different directions are not put side by side', () => {
    const inputs = [
      { name: 'mine.csv', set: readScores(errors) },
      { name: 'theirs.csv', set: readScores('benchmark,c,d\nx,1,2\ny,2,3\n') },
    ];
    expect(() => combineScores(inputs)).toThrow('mine.csv: smaller is better; theirs.csv: larger is better');
  });
});

test('every output tells which scores are better', () => {
  const analysis = analyseScores(readScores(errors));
  const source = { name: 'mine', setting: [], commands: [] };
  for (const text of [
    rankDocument(analysis, 'markdown'),
    rankDocument(analysis, 'latex'),
    renderRankReport(analysis, source),
    compareDocument(compareMethods(readScores(errors)), 'markdown'),
    compareDocument(compareMethods(readScores(errors)), 'latex'),
    ...rankFigures(analysis)
      .filter(({ name }) => name !== 'kendall')
      .map(({ figure }) => figure.text),
  ]) {
    expect(text).toContain('smaller is better');
  }
  expect(JSON.parse(rankDocument(analysis, 'json'))).toMatchObject({
    direction: 'down',
    directionReason: { from: 'name', name: 'error' },
  });
  const [header, row] = rankDocument(analysis, 'csv').split('\n');
  expect([header?.split(',').at(-1), row?.split(',').at(-1)]).toEqual(['better', 'smaller']);
  expect(pairsData(analysis).columns).toContain('better');
  expect(compareDocument(compareMethods(readScores(errors)), 'csv')).toMatch(/,better\n.*,smaller\n/);
});
