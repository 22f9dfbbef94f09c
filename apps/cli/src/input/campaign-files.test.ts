import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { runOneshot } from '../testing/run-oneshot.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oneshot-cli-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function refused(text: string): Promise<string> {
  writeFileSync(join(folder, 'bad.yaml'), text);
  const { code, stdout, stderr } = await runOneshot(['run', 'bad.yaml'], { cwd: folder });
  expect(stderr).not.toMatch(/\n\s+at /);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  return stderr;
}

describe('a campaign file that cannot be read', () => {
  test('a key given twice is named with line and column', async () => {
    expect(await refused('name: a\nseeds: [0]\nname: b\n')).toContain('bad.yaml:3:1: map keys must be unique');
  });

  test('bad YAML is named with line and column', async () => {
    expect(await refused('name: a\nseeds: [0\n')).toMatch(/bad\.yaml:3:1: .*must be.*\]/);
  });

  test('a list is no campaign', async () => {
    expect(await refused('- name: a\n')).toContain('bad.yaml:1:1: found a list, allowed: a mapping of fields');
  });

  test('a file that is not there, and a folder', async () => {
    const missing = await runOneshot(['run', 'none.yaml'], { cwd: folder });
    expect(missing).toMatchObject({ code: 2, stderr: expect.stringContaining('none.yaml: there is no such file') });
    const directory = await runOneshot(['run', '.'], { cwd: folder });
    expect(directory).toMatchObject({ code: 2, stderr: expect.stringContaining('found a folder') });
  });
});

const faulty = `name: bad
methods: [dartz, random, random]
benchmarks:
  - name: toy
    space: { name: toy_cel }
    data: { name: no-such-set }
    search: { epochs: 0 }
seeds: [0, -1]
`;

describe('a campaign with five mistakes', () => {
  test('all are told at once, each with its place in the file', async () => {
    const stderr = await refused(faulty);
    for (const place of [
      'bad.yaml:2:11: methods[0]: ',
      'bad.yaml:2:26: methods[2]: ',
      'bad.yaml:5:20: benchmarks[0].space.name: ',
      'bad.yaml:7:23: benchmarks[0].search.epochs: ',
      'bad.yaml:8:12: seeds[1]: ',
    ]) {
      expect(stderr).toContain(place);
    }
    expect(stderr).toContain('unknown method "dartz"; known: darts,');
    expect(stderr).toContain('no-such-set: found no data set of that name');
  });

  test('with --json the faults are fields, and standard output stays empty', async () => {
    const { code, stdout, stderr } = await runOneshot(['run', '-', '--json'], { cwd: folder, input: faulty });
    const { error } = JSON.parse(stderr);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(error).toMatchObject({ reason: 'INVALID_CAMPAIGN', exitCode: 2 });
    expect(error.faults.length).toBeGreaterThanOrEqual(5);
  });

  test('nothing is stored', async () => {
    const { stdout } = await runOneshot(['list', '--json'], { cwd: folder });
    expect(stdout).toBe('');
  });
});
