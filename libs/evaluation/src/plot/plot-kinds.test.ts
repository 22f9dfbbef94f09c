import { describe, expect, test } from 'vitest';
import { InputError } from '../input/input-error.js';
import { namedAxes, type PlotKind, plotKinds, plotTable } from './plot-kinds.js';

const scores = 'benchmark,a,b,c\nx,1,2,3\ny,1,3,2\nz,2,3,4\n';
const weights =
  'epoch,choice,option,weight\n1,e1,skip,0.6\n1,e1,conv,0.4\n2,e1,skip,0.3\n2,e1,conv,0.7\n1,e2,skip,0.5\n1,e2,conv,0.5\n2,e2,skip,0.2\n2,e2,conv,0.8\n';
const tables: Readonly<Record<PlotKind, string>> = {
  'critical-difference': scores,
  'win-rate': scores,
  kendall: scores,
  boxes: scores,
  curves: 'series,x,y,low,high\na,1,0.5,0.4,0.6\na,2,0.7,0.6,0.8\n',
  'any-time': 'method,seed,time,value\na,0,1,0.2\na,0,3,0.6\na,1,2,0.4\na,1,3,0.5\n',
  scatter: 'x,y,label\n1,2,p\n2,3,q\n3,1,r\n',
  pareto: 'parameters,accuracy,label\n1,2,p\n2,3,q\n3,1,r\n',
  'heat-map': 'row,column,value\na,x,1\na,y,2\nb,y,3\n',
  alpha: weights,
  'alpha-trajectories': weights,
  operations: weights,
  'cumulative-probability': 'series,probability,accuracy\ndarts,0.75,0.9\ndarts,0.25,0.5\n',
};

test.each(plotKinds)('%s: draws its table, without a value that is none, and tells its data', (kind) => {
  const figure = plotTable(kind, tables[kind]);
  expect(figure.text).toMatch(/^<svg /);
  expect(figure.text).not.toMatch(/NaN|undefined|Infinity/);
  expect(figure.data.rows.length).toBeGreaterThan(0);
});

test.each(plotKinds)('%s: takes another title', (kind) => {
  expect(plotTable(kind, tables[kind], { title: 'Mine' }).title).toBe('Mine');
});

test.each(plotKinds)('%s: names its axes as asked', (kind) => {
  const { text } = plotTable(kind, tables[kind], { xLabel: 'width of it', yLabel: 'height of it' });
  const { x, y } = namedAxes(kind);
  expect([text.includes('>width of it<'), text.includes('>height of it<')]).toEqual([x, y]);
});

test('boxes of a single benchmark take another title', () => {
  expect(plotTable('boxes', 'benchmark,a,b\nx,1,2\n', { title: 'Mine' }).title).toBe('Mine');
});

describe('what figures show', () => {
  test('a method has one colour, dash and marker in figures that order methods differently', () => {
    const boxes = plotTable('boxes', 'benchmark,b,a,c\nx,1,2,3\n').text;
    const curves = plotTable('curves', 'series,x,y\nc,1,1\na,1,2\nb,1,3\n').text;
    const looks = (text: string, end: string) =>
      ['a', 'b', 'c'].map((name) => new RegExp(`class="mark ([^"]*)"[^>]*><title>${name}${end}`).exec(text)?.[1]);
    expect(looks(boxes, ':')).toEqual(['s0 d0', 's1 d1', 's2 d2']);
    expect(looks(curves, ',')).toEqual(looks(boxes, ':'));
  });

  test('a Pareto front holds what no other point beats in cost and quality', () => {
    const rows = plotTable('pareto', tables.pareto).data.rows;
    expect(rows.map(([label, , , , front]) => [label, front])).toEqual([
      ['p', 'yes'],
      ['q', 'yes'],
      ['r', ''],
    ]);
  });

  test('any-time curves are medians over the time in which every run is observed', () => {
    const rows = plotTable('any-time', tables['any-time']).data.rows;
    expect(rows.map((row) => row.slice(0, 3))).toEqual([
      ['a', 2, expect.closeTo(0.3, 12)],
      ['a', 3, expect.closeTo(0.55, 12)],
    ]);
  });

  test('cumulative probability adds up to 1 from the least accurate on', () => {
    const rows = plotTable('cumulative-probability', tables['cumulative-probability']).data.rows;
    expect(rows).toEqual([
      ['darts', 0.5, 0.25],
      ['darts', 0.9, 1],
    ]);
  });

  test('operations are shares of choices by their strongest option', () => {
    const rows = plotTable('operations', weights).data.rows;
    expect(rows).toEqual([
      ['skip', 'epoch 1', 1],
      ['skip', 'epoch 2', 0],
      ['conv', 'epoch 1', 0],
      ['conv', 'epoch 2', 1],
    ]);
  });

  test('a scatter plot tells τ', () => {
    expect(plotTable('scatter', tables.scatter).text).toContain('τ-b = -0.333');
    expect(plotTable('scatter', 'x,y\n1,2\n1,3\n').text).toContain('no τ: one of the two is the same everywhere');
  });
});

describe('tables that cannot be drawn', () => {
  const refused = (kind: PlotKind, text: string) => {
    try {
      plotTable(kind, text);
    } catch (error) {
      if (error instanceof InputError) return error.message;
      throw error;
    }
    return '';
  };

  test('missing columns are all named', () => {
    expect(refused('heat-map', 'a,b\n1,2\n')).toMatch(/no column row.*\n.*no column column.*\n.*no column value/);
  });

  test('text in a number is told with its place', () => {
    expect(refused('curves', 'series,x,y\na,1,high\n')).toBe(
      'line 2, column 5: y: found "high", allowed: a finite number',
    );
  });

  test('times that run backwards, and runs that never overlap, are refused', () => {
    expect(refused('any-time', 'method,time,value\na,2,1\na,1,2\n')).toContain('time 1 after 2');
    expect(refused('any-time', 'method,seed,time,value\na,0,1,1\na,1,5,1\n')).toContain('runs that overlap');
  });

  test('probabilities that are negative or all 0 are refused', () => {
    expect(refused('cumulative-probability', 'series,probability,accuracy\na,-1,0.5\n')).toContain('probability -1');
    expect(refused('cumulative-probability', 'series,probability,accuracy\na,0,0.5\n')).toContain('all 0');
  });
});
