import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runOneshot } from '../testing/run-oneshot.js';

const folder = mkdtempSync(join(tmpdir(), 'oneshot-plot-'));
beforeAll(() =>
  writeFileSync(join(folder, 'mine.csv'), 'benchmark,darts,gdas,random\nx,0.9,0.8,0.7\ny,0.8,0.9,0.6\nz,0.7,0.6,0.5\n'),
);
afterAll(() => rmSync(folder, { recursive: true }));
const oneshot = (...args: string[]) => runOneshot(args, { cwd: folder });

test('a figure is written with its data beside it', async () => {
  const { code, stdout } = await oneshot('plot', 'critical-difference', 'mine.csv', '--out', 'ranks.svg');
  expect({ code, stdout }).toEqual({ code: 0, stdout: 'ranks.svg\nranks.svg.csv\n' });
  expect(readFileSync(join(folder, 'ranks.svg'), 'utf8')).toContain('>darts</text>');
  expect(readFileSync(join(folder, 'ranks.svg.csv'), 'utf8')).toContain('darts,1.333');
});

test('a table drawn under its own name stays, and so does a figure that is there with another content', async () => {
  const table = readFileSync(join(folder, 'mine.csv'), 'utf8');
  const first = await oneshot('plot', 'boxes', 'mine.csv', '--out', 'mine.svg');
  expect(first).toMatchObject({ code: 0, stdout: 'mine.svg\nmine.svg.csv\n' });
  const again = await oneshot('plot', 'boxes', 'mine.csv', '--out', 'mine.svg');
  expect(again).toMatchObject({ code: 0, stderr: 'Up to date already: mine.svg, mine.svg.csv\n' });
  const other = await oneshot('plot', 'win-rate', 'mine.csv', '--out', 'mine.svg');
  expect(other.stderr).toContain('  mine.svg: exists already\n  mine.svg.csv: exists already\n');
  expect(other.code).toBe(2);
  const over = await oneshot('plot', 'win-rate', 'mine.csv', '--out', 'mine.csv', '--force');
  expect(over).toMatchObject({ code: 2, stderr: expect.stringContaining('mine.csv: is an input of this command') });
  expect(readFileSync(join(folder, 'mine.csv'), 'utf8')).toBe(table);
}, 240_000);

test('a ranking written into the folder of its input leaves the input alone', async () => {
  writeFileSync(join(folder, 'ranking.csv'), 'benchmark,darts,gdas,random\nx,0.9,0.8,0.7\ny,0.8,0.9,0.6\n');
  const { code, stderr } = await oneshot('rank', 'ranking.csv', '--out', '.', '--force');
  expect({ code, stderr }).toMatchObject({ code: 2, stderr: expect.stringContaining('ranking.csv: is an input') });
  expect(existsSync(join(folder, 'report.html'))).toBe(false);
});

test('axes are named as asked, and a name for an axis that a figure has not is refused', async () => {
  const { code } = await oneshot(
    'plot',
    'boxes',
    'mine.csv',
    '--x-label',
    'top-1',
    '--y-label',
    'methods',
    '--out',
    'n.svg',
  );
  expect(code).toBe(0);
  expect(readFileSync(join(folder, 'n.svg'), 'utf8')).toMatch(/>methods<.*>top-1</s);
  const refused = await oneshot('plot', 'critical-difference', 'mine.csv', '--y-label', 'methods', '--out', 'm.svg');
  expect(refused.code).toBe(2);
  expect(refused.stderr).toContain('--y-label: a figure of kind critical-difference has no y axis with a name');
});

test('a cell is drawn from its notation', async () => {
  const notation = '|nor_conv_3x3~0|+|none~0|skip_connect~1|+|avg_pool_3x3~0|none~1|nor_conv_1x1~2|';
  const { code, stderr } = await oneshot('plot', 'cell', notation, '--out', 'cell.svg');
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(readFileSync(join(folder, 'cell.svg'), 'utf8')).toContain('nor_conv_3x3');
});

test('an ending that is no kind of file is refused', async () => {
  const { code, stderr } = await oneshot('plot', 'boxes', 'mine.csv', '--out', 'boxes.gif');
  expect(code).toBe(2);
  expect(stderr).toContain('allowed: a name that ends in .svg, .png, .pdf, .csv');
});

test('methods are compared with a control', async () => {
  const { code, stdout } = await oneshot('compare', 'mine.csv', '--control', 'random');
  expect(code).toBe(0);
  expect(stdout).toContain('Against random, by average ranks');
});

test('several inputs are ranked side by side over the benchmarks they share, and what is left out is told', async () => {
  writeFileSync(join(folder, 'theirs.csv'), 'benchmark,darts,drnas\nx,0.85,0.95\ny,0.75,0.9\nw,1,2\n');
  const { code, stdout, stderr } = await oneshot('rank', 'mine.csv', 'theirs.csv');
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'Left out, as not every input has them: z, w.\n' });
  expect(stdout).toMatch(/1 {2}drnas /);
  expect(stdout).toContain('theirs.csv: darts');
});

test('a report goes to a folder of its own', async () => {
  const { code, stdout } = await oneshot('report', 'mine.csv');
  expect(code).toBe(0);
  expect(stdout).toContain('begin with oneshot-out/mine/report.html');
  expect(readdirSync(join(folder, 'oneshot-out', 'mine'))).toContain('report.html');
});
