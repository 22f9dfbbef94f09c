import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runOneshot } from '../testing/run-oneshot.js';

const folder = mkdtempSync(join(tmpdir(), 'oneshot-rank-'));
afterAll(() => rmSync(folder, { recursive: true }));

const scores = 'benchmark,darts,gdas,random\nx,0.9,0.8,0.7\ny,0.8,0.9,0.6\nz,0.7,0.6,0.5\n';

test('a CSV is ranked with nothing else running: table, limits, files; nothing is left but what was asked for', async () => {
  writeFileSync(join(folder, 'mine.csv'), scores);
  const { code, stdout, stderr } = await runOneshot(['rank', 'mine.csv', '--out', 'ranking'], { cwd: folder });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(/1 {2}darts +1\.33 /);
  expect(stdout).toContain('What may not be concluded:');
  expect(readdirSync(folder).sort()).toEqual(['mine.csv', 'ranking']);
  expect(readdirSync(join(folder, 'ranking'))).toEqual(
    expect.arrayContaining([
      'figures',
      'report.html',
      'report.md',
      'report.tex',
      'report.json',
      'ranking.csv',
      'pairs.csv',
    ]),
  );
});

test('a row that is no method is asked about, and left out by its name; one that is not there is refused', async () => {
  const input = scores.replaceAll(
    /^(benchmark|[xyz])(.*)$/gm,
    (line, first) => `${line},${first === 'benchmark' ? 'Optimum' : 1}`,
  );
  const asked = await runOneshot(['rank', '-'], { input });
  expect(asked.stdout).toContain('Is Optimum a method? If not: --without Optimum');
  const { code, stdout } = await runOneshot(['rank', '-', '--without', 'Optimum', '--json'], { input });
  const { methods } = JSON.parse(stdout);
  expect({ code, methods: methods.map(({ method }: { method: string }) => method) }).toEqual({
    code: 0,
    methods: ['darts', 'gdas', 'random'],
  });
  const unknown = await runOneshot(['rank', '-', '--without', 'optimum'], { input });
  expect(unknown).toMatchObject({ code: 2, stderr: expect.stringContaining('without: found "optimum", allowed') });
}, 240_000);

test('a folder is refused by its name', async () => {
  const { code, stderr } = await runOneshot(['rank', folder]);
  expect({ code, stderr }).toEqual({ code: 2, stderr: `oneshot: ${folder}: found a folder, allowed: a CSV file.\n` });
}, 120_000);

test('with --json one document on one line; standard input is read for "-"', async () => {
  const { code, stdout } = await runOneshot(['rank', '-', '--json', '--direction', 'down'], { input: scores });
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toHaveLength(1);
  expect(JSON.parse(stdout)).toMatchObject({
    type: 'ranking',
    direction: 'down',
    methods: [{ method: 'random' }, {}, {}],
  });
});

test('bad input ends with code 2; every fault is told with file, line and column', async () => {
  const input = 'method,benchmark,seed,value\na,x,0,1\na,x,0,2\nb,x,0,many\n';
  const { code, stdout, stderr } = await runOneshot(['rank', '-'], { input });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('-:3:1: row: found a second score of a on x, seed 0, after line 2');
  expect(stderr).toContain('-:4:7: value: found "many", allowed: a finite number');
});

test('what does not fit into memory ends with code 5 and a sentence, before the process dies of it', async () => {
  const names = Array.from({ length: 4000 }, (_, at) => `m${at}`);
  const input = `benchmark,${names.join(',')}\nx,${names.map((_, at) => at).join(',')}\n`;
  const { code, stdout, stderr } = await runOneshot(['rank', '-'], {
    input,
    env: { NODE_OPTIONS: '--max-old-space-size=256' },
  });
  expect({ code, stdout }).toEqual({ code: 5, stdout: '' });
  expect(stderr).toMatch(
    /^oneshot: 7,998,000 pairs of 4,000 methods take about [\d,]+ MB of memory, and [\d,]+ MB are free\.\n/,
  );
});
