import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { readDocument } from './read-document.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oneshot-document-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string) {
  const file = join(folder, 'a.yaml');
  writeFileSync(file, text);
  return readDocument(file);
}

test('knows where each field stands; a missing one stands where its parent does', () => {
  const document = read('name: x\nbenchmarks:\n  - name: toy\n    space: { name: a }\n');
  expect(document.positionOf('name')).toBe('1:7');
  expect(document.positionOf('benchmarks[0].space.name')).toBe('4:20');
  expect(document.positionOf('benchmarks[0].data')).toBe('3:5');
  expect(document.positionOf('')).toBe('1:1');
});

test('reads JSON as well', () => {
  expect(read('{"name": "x", "seeds": [0, 1]}').value).toEqual({ name: 'x', seeds: [0, 1] });
});

test('a file far too large is refused before it is read as YAML', () => {
  expect(() => read(`name: ${'x'.repeat(2 ** 21)}`)).toThrow('at most 1048576');
});

describe('a small file that would become large', () => {
  const laughs = ['a: &a [ha, ha, ha, ha, ha, ha, ha, ha, ha]'];
  for (const [name, before] of ['ba', 'cb', 'dc', 'ed', 'fe', 'gf', 'hg', 'ih']) {
    laughs.push(`${name}: &${name} [${Array.from({ length: 9 }, () => `*${before}`).join(', ')}]`);
  }

  test.each([
    ['aliases of aliases', laughs.join('\n'), 'a.yaml: found aliases (*name) that multiply without bounds'],
    [
      'many aliases of one long text',
      `a: &a ${'x'.repeat(100_000)}\nb: [${Array.from({ length: 50 }, () => '*a').join(', ')}]`,
      'characters with its aliases (*name) written out, allowed: at most 1048576',
    ],
    ['an alias of itself', 'a: &a [*a]', 'a.yaml: found an alias (*name) within what it stands for'],
    ['lists within lists', `a: ${'['.repeat(100_000)}`, 'a.yaml'],
  ])('%s is bad input that names the file', (_, text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).toThrow(expect.objectContaining({ exitCode: 2 }));
  });
});
