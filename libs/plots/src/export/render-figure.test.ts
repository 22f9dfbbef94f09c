import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { boxPlot } from '../charts/box-plot.js';
import { lineChart } from '../charts/line-chart.js';
import { scatterPlot } from '../charts/scatter-plot.js';
import { Figure } from '../figure/figure.js';
import { renderFigure } from './render-figure.js';

const chartOf = (title: string) =>
  lineChart({
    title,
    series: [
      {
        name: 'a',
        colour: 1,
        points: [
          [0, 1],
          [1, 2],
          [2, Number.NaN],
        ],
      },
    ],
  });
const chart = chartOf('α over τ, "quoted"');

test('a PNG is twice the size of its figure, a PDF three quarters in points, and both are the same again', async () => {
  const png = await renderFigure(chart, 'png');
  expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([720, 420]);
  const pdf = (await renderFigure(chart, 'pdf')).toString('latin1');
  expect(pdf).toContain('/MediaBox [0 0 270 157.5]');
  expect((await renderFigure(chart, 'pdf')).toString('latin1')).toBe(pdf);
  expect(await renderFigure(chart, 'png')).toEqual(png);
});

test('a PDF is on the ground of its theme, and does not draw what only hovering shows', async () => {
  const { text, title, width, height, data } = chart;
  const hovered = text.replace('</svg>', '<circle class="hover" cx="9" cy="9" r="4"/></svg>');
  const withPoint = new Figure(hovered, title, width, height, data);
  expect(await renderFigure(withPoint, 'pdf')).toEqual(await renderFigure(chart, 'pdf'));
  const [first] = painted(await renderFigure(chart, 'pdf', { theme: 'dark' }));
  expect(first).toMatch(/^0 0 360 210 re\n.*\n0\.0588\d* 0\.0745\d* 0\.0941\d* scn$/);
});

test('text is drawn with the fonts that come along: a title makes a difference', async () => {
  expect(await renderFigure(chart, 'png')).not.toEqual(await renderFigure(chartOf(''), 'png'));
});

test('no variable of CSS is left in what renderers without CSS variables get', async () => {
  expect(await renderFigure(chart, 'png', { theme: 'dark' })).not.toEqual(await renderFigure(chart, 'png'));
});

test('the data beside a figure leave out what is no number', async () => {
  expect((await renderFigure(chart, 'csv')).toString()).toBe('series,x,value\na,0,1\na,1,2\na,2,\n');
});

test('a scatter plot joins its front by steps, and labels its points', () => {
  const points = [
    { x: 1e5, y: 0.5, label: 'small' },
    { x: 1e6, y: 0.8, label: 'large' },
  ];
  const { text, data } = scatterPlot({
    title: 't',
    xName: 'parameters',
    yName: 'accuracy',
    points,
    xScale: 'log',
    front: [0, 1],
  });
  expect(text).toMatch(/class="front" d="M[\d.]+ [\d.]+H[\d.]+V[\d.]+H/);
  expect(text).toContain('>large</text>');
  expect(data.rows[1]).toEqual(['large', '', 1e6, 0.8, 'yes']);
});

test('boxes are drawn from five values on', () => {
  const rows = (count: number) => [{ name: 'a', colour: 0, values: Array.from({ length: count }, (_, at) => at) }];
  expect(boxPlot({ title: 't', valueName: 'v', panels: [{ rows: rows(4) }] }).text).not.toContain('class="box"');
  expect(boxPlot({ title: 't', valueName: 'v', panels: [{ rows: rows(5) }] }).text).toContain('class="box"');
});

/** What stands before each filling of a PDF's page. */
function painted(pdf: Buffer): string[] {
  const start = pdf.indexOf('stream\n') + 'stream\n'.length;
  const page = inflateSync(pdf.subarray(start, pdf.indexOf('\nendstream', start))).toString('latin1');
  return page.split('\nf\n').map((each) => each.replace(/^[\s\S]*cm\n/, ''));
}
