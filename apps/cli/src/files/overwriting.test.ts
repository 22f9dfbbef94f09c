import { createHash } from 'node:crypto';
import {
  existsSync,
  linkSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createOutput } from '../output/output.js';
import { bytesFile, inFolder, unknownFile } from './output-file.js';
import { type OverwriteRules, standingOf } from './overwriting.js';
import { writeFiles } from './write-files.js';

let folder: string;
const at = (...parts: string[]) => join(folder, ...parts);
const text = (file: string) => readFileSync(at(file), 'utf8');
const file = (name: string, content: string) => bytesFile(at(name), async () => Buffer.from(content));
const write = (files: readonly ReturnType<typeof file>[], rules: Partial<OverwriteRules> = {}) =>
  writeFiles(files, { inputs: [], force: false, ...rules }, createOutput(true));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'oneshot-files-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('files are written', () => {
  test('with the folders they need, and leave nothing else behind', async () => {
    expect(await write([file('a/b/c.txt', 'new')])).toEqual([at('a/b/c.txt')]);
    expect(text('a/b/c.txt')).toBe('new');
    expect(readdirSync(at('a/b'))).toEqual(['c.txt']);
  });

  test('not where one exists with other bytes, and then none of them is', async () => {
    writeFileSync(at('old.txt'), 'old');
    await expect(write([file('new.txt', 'new'), file('old.txt', 'new')])).rejects.toMatchObject({
      exitCode: 2,
      faults: [{ path: at('old.txt'), message: 'exists already' }],
    });
    expect(text('old.txt')).toBe('old');
    expect(existsSync(at('new.txt'))).toBe(false);
  });

  test('where one exists with the same bytes, which stays', async () => {
    writeFileSync(at('same.txt'), 'same', { mode: 0o600 });
    await write([file('same.txt', 'same'), file('new.txt', 'new')]);
    expect(text('new.txt')).toBe('new');
  });

  test('over those that exist when that is asked for, through links as well', async () => {
    writeFileSync(at('old.txt'), 'old');
    symlinkSync('old.txt', at('link.txt'));
    await write([file('link.txt', 'new')], { force: true });
    expect(text('old.txt')).toBe('new');
  });

  test('over those that the same work wrote before, unless they were changed since', async () => {
    const written = createHash('sha256').update('of yesterday').digest('hex');
    const owned = (_path: string, digest: string) => digest === written;
    writeFileSync(at('mine.txt'), 'of yesterday');
    await write([file('mine.txt', 'of today')], { owned });
    expect(text('mine.txt')).toBe('of today');
    writeFileSync(at('mine.txt'), 'with notes of a person');
    await expect(write([file('mine.txt', 'of today')], { owned })).rejects.toMatchObject({ reason: 'WOULD_OVERWRITE' });
  });
});

describe('an input is never overwritten, even when that is asked for', () => {
  beforeEach(() => {
    writeFileSync(at('input.csv'), 'input');
    mkdirSync(at('sub'));
    symlinkSync('input.csv', at('link.csv'));
    linkSync(at('input.csv'), at('hard.csv'));
    symlinkSync('.', at('here'));
  });

  test.each([
    ['by its name', 'input.csv'],
    ['by another way to write its name', 'sub/../input.csv'],
    ['by a link', 'link.csv'],
    ['by a hard link', 'hard.csv'],
    ['through a linked folder', 'here/input.csv'],
  ])('%s', async (_, name) => {
    await expect(write([file(name, 'other')], { inputs: [at('input.csv')], force: true })).rejects.toMatchObject({
      faults: [{ message: 'is an input of this command, and inputs are never overwritten' }],
      advice: '--out names another place.',
    });
    expect(text('input.csv')).toBe('input');
  });

  test('nor is what lies in a folder that is one; new files may come to lie there', async () => {
    const rules = { inputs: [folder], force: true };
    await expect(write([file('input.csv', 'other')], rules)).rejects.toMatchObject({ reason: 'WOULD_OVERWRITE' });
    await write([file('new.csv', 'new')], rules);
    expect(text('input.csv')).toBe('input');
    expect(text('new.csv')).toBe('new');
  });
});

test('before the work, all that is in the way is told at once', async () => {
  writeFileSync(at('old.txt'), 'old');
  writeFileSync(at('no-folder'), '');
  mkdirSync(at('folder'));
  symlinkSync('nowhere', at('astray'));
  const names = ['old.txt', 'folder', 'astray', 'no-folder/below/it.txt', 'fine.txt'];
  const planned = names.map((name) => unknownFile(at(name)));
  await expect(standingOf(planned, { inputs: [], force: false })).rejects.toMatchObject({
    faults: [
      { path: at('old.txt'), message: 'exists already' },
      { path: at('folder'), message: 'is a folder, where a file is to be written' },
      { path: at('astray'), message: 'is a link that leads nowhere' },
      { path: at('no-folder'), message: 'is no folder, where one is needed' },
    ],
  });
});

test('names that a file system may take for one are numbered', () => {
  const read = async () => Buffer.alloc(0);
  const files = inFolder(
    'out',
    ['scores-CIFAR.svg', 'scores-cifar.svg', 'scores-cifar.csv'].map((name) => ({ name, read })),
  );
  expect(files.map(({ path }) => path)).toEqual(
    ['scores-CIFAR.svg', 'scores-cifar-2.svg', 'scores-cifar.csv'].map((name) => join('out', name)),
  );
});
