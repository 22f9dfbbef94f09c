import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { runOneshot } from '../testing/run-oneshot.js';

const folder = mkdtempSync(join(tmpdir(), 'oneshot-keep-'));
afterAll(() => rmSync(folder, { recursive: true }));
const oneshot = (...args: string[]) => runOneshot(args, { cwd: folder });
const model = 'fashion-mnist-sample-darts-seed0.onnx';
const small = ['--data', 'fashion-mnist-sample', '--epochs', '1', '--batch', '16', '--retrain-epochs', '1'];
const search = (images: number) => oneshot('search', ...small, '--train-images', `${images}`);
const evaluate = (split: string) =>
  oneshot('evaluate', model, '--data', 'fashion-mnist-sample', '--split', split, '--out', 'scores');

async function listed(what: string): Promise<{ readonly id: string }[]> {
  const { stdout } = await oneshot('list', what, '--json');
  const lines = stdout.split('\n').filter((line) => line !== '');
  return lines.map((line) => JSON.parse(line));
}

const longest = 600_000;

test(
  'a search leaves the model of another one alone and says so before it works; given again it is up to date',
  async () => {
    const first = await search(64);
    expect(first.code, first.stderr).toBe(0);
    const bytes = readFileSync(join(folder, model));
    expect(await search(64)).toMatchObject({
      code: 0,
      stderr: expect.stringContaining(`Up to date already: ${model}`),
    });
    const other = await search(80);
    expect(other).toMatchObject({ code: 2, stdout: '' });
    expect(other.stderr).toBe(
      `oneshot: Nothing was written.\n  ${model}: exists already\n--out names another place; --force overwrites what exists, an input never.\n`,
    );
    expect(await listed('searches')).toHaveLength(1);
    expect(readFileSync(join(folder, model)).equals(bytes)).toBe(true);
  },
  longest,
);

test(
  'an evaluation refuses a folder with files of another one before it works',
  async () => {
    const scored = await evaluate('test');
    expect(scored.code, scored.stderr).toBe(0);
    const other = await evaluate('train');
    expect(other.code).toBe(2);
    expect(other.stderr).toContain(`${join('scores', 'evaluation.json')}: exists already`);
    expect(await listed('evaluations')).toHaveLength(1);
  },
  longest,
);

test(
  'an exported model is written over another file only when that is asked for',
  async () => {
    const [found] = await listed('models');
    const exported = (...more: string[]) => oneshot('export', found?.id ?? '', '--out', 'one.onnx', ...more);
    writeFileSync(join(folder, 'one.onnx'), 'mine');
    expect((await exported()).stderr).toContain('one.onnx: exists already');
    expect(readFileSync(join(folder, 'one.onnx'), 'utf8')).toBe('mine');
    expect(await exported('--force')).toMatchObject({ code: 0, stdout: 'one.onnx\n' });
    expect(readFileSync(join(folder, 'one.onnx'))).toEqual(readFileSync(join(folder, model)));
    expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([]);
  },
  longest,
);
