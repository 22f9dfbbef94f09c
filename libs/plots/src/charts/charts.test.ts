import { describe, expect, test } from 'vitest';
import { standaloneSvg } from '../look/standalone.js';
import { intervalPlot } from './interval-plot.js';
import { legend } from './legend.js';
import { lineChart } from './line-chart.js';

const count = (text: string, what: string) => text.split(what).length - 1;

describe('line chart', () => {
  test('draws a path per series and a point per finite value; a value that is not finite breaks the line', () => {
    const { text } = lineChart({
      title: 'loss',
      series: [
        {
          name: 'a',
          colour: 0,
          points: [
            [1, 2],
            [2, Number.NaN],
            [3, 1],
          ],
        },
        {
          name: 'b',
          colour: 1,
          points: [
            [1, 1],
            [2, 3],
            [3, 2],
          ],
        },
      ],
    });
    expect(count(text, 'class="line')).toBe(2);
    expect(count(text, 'class="mark')).toBe(5);
    const broken = /class="line s0 d0" d="([^"]*)"/.exec(text)?.[1] ?? '';
    expect(count(broken, 'M')).toBe(2);
    expect(text).not.toContain('NaN');
  });

  test('keeps every point inside its frame', () => {
    const { text } = lineChart({
      title: 't',
      width: 300,
      height: 200,
      series: [
        {
          name: 'a',
          colour: 0,
          points: [
            [0, -7],
            [9, 1e6],
          ],
        },
      ],
    });
    for (const [, x, y] of text.matchAll(/cx="([^"]+)" cy="([^"]+)"/g)) {
      expect(Number(x)).toBeGreaterThan(0);
      expect(Number(x)).toBeLessThan(300);
      expect(Number(y)).toBeGreaterThan(0);
      expect(Number(y)).toBeLessThan(200);
    }
  });

  test('says so when there is nothing to draw', () => {
    expect(lineChart({ title: 't', series: [] }).text).toContain('no values');
  });

  test('fractions are told as per cent', () => {
    const { text } = lineChart({
      title: 't',
      percent: true,
      series: [
        {
          name: 'a',
          colour: 0,
          points: [
            [1, 0.5],
            [2, 0.75],
          ],
        },
      ],
    });
    expect(text).toContain('a, 2: 75.00 %');
  });
});

test('twelve long curves have marks apart from each other, and every value on hover', () => {
  const series = Array.from({ length: 12 }, (_, colour) => ({
    name: `m${colour}`,
    colour,
    points: Array.from({ length: 200 }, (_, at) => [at, Math.sin(at / 30 + colour)] as const),
  }));
  const { text } = lineChart({
    title: 't',
    series,
    width: 640,
    height: 340,
    legend: true,
    xName: 'epoch',
    yName: 'loss',
  });
  const marks = count(text, 'class="mark');
  expect(marks).toBeGreaterThan(12 * 5);
  expect(marks).toBeLessThan(12 * 10);
  expect(text).toContain('m11, 199: ');
  expect(text).toContain('>loss</text>');
});

test('a logarithmic axis that the values do not allow is linear, and says so', () => {
  const series = [{ name: 'a', colour: 0, points: [[0, 1] as const, [10, 2] as const] }];
  expect(lineChart({ title: 't', series, xScale: 'log', xName: 'time' }).text).toContain(
    'time (linear: some values are not above 0)',
  );
});

test('an interval plot tells mean and deviation of each row, and shows every score', () => {
  const { text } = intervalPlot('accuracy', [
    { name: 'darts', scores: [0.8, 0.82], mean: 0.81, standardDeviation: 0.0141, colour: 0 },
    { name: 'random', scores: [0.7], mean: 0.7, standardDeviation: 0, colour: 1 },
  ]);
  expect(text).toContain('81.00 ± 1.41 %');
  expect(text).toContain('>70.00 %</text>');
  expect(count(text, 'class="mark')).toBe(3);
});

test('a legend wraps to its width', () => {
  const entries = Array.from({ length: 12 }, (_, colour) => ({ name: `method ${colour}`, colour }));
  expect(legend(entries, 300).text).not.toBe(legend(entries, 900).text);
  expect(/height="(\d+)"/.exec(legend(entries, 2000).text)?.[1]).toBe('24');
});

test('a stand-alone figure carries its look', () => {
  const svg = standaloneSvg(lineChart({ title: 't', series: [] }));
  expect(svg).toMatch(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"[^>]*><style>svg\{/);
  expect(svg).toContain('prefers-color-scheme:dark');
});
