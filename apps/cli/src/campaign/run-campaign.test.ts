import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bin, type Ended, runOneshot } from '../testing/run-oneshot.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oneshot-run-'));
  writeFileSync(
    join(folder, 'small.yaml'),
    `name: small
methods: [darts, random]
benchmarks:
  - name: toy
    space: { name: toy_cell, channels: 4 }
    data: { name: fashion-mnist-sample, trainImages: 64 }
    search: { epochs: 2, batch: 16 }
seeds: [0]
retrain:
  - { epochs: 2, batch: 32 }
`,
  );
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs the campaign and interrupts it as Ctrl-C does, as soon as a run is at work. */
function runInterrupted(): Promise<Ended> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [bin, 'run', 'small.yaml'], { cwd: folder, stdio: 'pipe' });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (chunk) => {
      stdout += chunk;
    });
    child.stderr.on('data', (chunk) => {
      const atWork = stderr.includes('starting');
      stderr += chunk;
      if (!atWork && stderr.includes('starting')) child.kill('SIGINT');
    });
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

describe('oneshot run', () => {
  test('interrupted, it ends with code 130 and says how to go on', async () => {
    const { code, stderr } = await runInterrupted();
    expect(stderr).toContain('What is done is kept in .oneshot. To go on: oneshot run small.yaml');
    expect(code).toBe(130);
  }, 120_000);

  test('another campaign in the same folder says that this one goes on as well, and how to stop it', async () => {
    const text = readFileSync(join(folder, 'small.yaml'), 'utf8');
    writeFileSync(
      join(folder, 'other.yaml'),
      text.replace('name: small', 'name: other').replace('darts, random', 'random'),
    );
    const { code, stderr } = await runOneshot(['run', 'other.yaml'], { cwd: folder });
    expect(stderr).toMatch(
      /Campaign (\w+) \(small\) was left unfinished and goes on as well; oneshot cancel \1 stops it\./,
    );
    expect(code, stderr).toBe(0);
  }, 240_000);

  test('given again, it goes on to ranking, report and models', async () => {
    const { code, stdout, stderr } = await runOneshot(['run', 'small.yaml'], { cwd: folder });
    expect(stderr).toContain('known already: going on');
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/method +average rank +test accuracy/);
    const report = join('oneshot-out', 'small', 'report.html');
    expect(stdout).toContain(`Report: ${report}`);
    const html = readFileSync(join(folder, report), 'utf8');
    const links = [...html.matchAll(/href="(models\/[^"]+)"/g)].map((match) => match[1] ?? '');
    expect(new Set(links)).toEqual(new Set(['models/toy_darts_seed0.onnx', 'models/toy_random_seed0.onnx']));
    for (const link of links) expect(existsSync(join(folder, 'oneshot-out', 'small', link))).toBe(true);
  }, 240_000);

  test('done, it is told again without work, as JSON as well', async () => {
    const { code, stdout } = await runOneshot(['run', 'small.yaml', '--json', '--out', 'again'], { cwd: folder });
    expect(code).toBe(0);
    const documents = stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(documents.at(-1)).toMatchObject({
      type: 'campaign',
      state: 'succeeded',
      ranking: expect.arrayContaining([expect.objectContaining({ method: 'darts', count: 1 })]),
      report: join('again', 'report.html'),
    });
    const stages = documents.slice(0, -1).map((document) => document.member.stage);
    expect(new Set(stages)).toEqual(new Set(['done']));
  }, 120_000);

  test('its folder is brought up to date by the same campaign, and left alone by another of its name, before any work', async () => {
    const own = join(folder, 'oneshot-out', 'small');
    const again = await runOneshot(['run', 'small.yaml'], { cwd: folder });
    expect(again.code, again.stderr).toBe(0);
    expect(again.stderr).toContain('Up to date already: 4 of 4 files.');
    const report = readFileSync(join(own, 'report.html'), 'utf8');
    writeFileSync(
      join(folder, 'longer.yaml'),
      readFileSync(join(folder, 'small.yaml'), 'utf8').replace('seeds: [0]', 'seeds: [0, 1]'),
    );
    const other = await runOneshot(['run', 'longer.yaml'], { cwd: folder });
    expect(other.code).toBe(2);
    for (const name of ['report.html', 'campaign.json', 'models/toy_darts_seed0.onnx']) {
      expect(other.stderr).toContain(`  ${join('oneshot-out', 'small', name)}: exists already\n`);
    }
    expect(other.stderr).not.toContain('Campaign');
    const listed = await runOneshot(['list', 'campaigns', '--json'], { cwd: folder });
    expect(listed.stdout.trim().split('\n')).toHaveLength(2);
    writeFileSync(join(own, 'report.html'), 'notes of a person');
    const noted = await runOneshot(['run', 'small.yaml'], { cwd: folder });
    expect(noted.stderr).toContain(`${join('oneshot-out', 'small', 'report.html')}: exists already`);
    const forced = await runOneshot(['run', 'small.yaml', '--force'], { cwd: folder });
    expect(forced.code, forced.stderr).toBe(0);
    expect(readFileSync(join(own, 'report.html'), 'utf8')).toBe(report);
  }, 240_000);

  test('what was made is found by list, show and export', async () => {
    const { stdout } = await runOneshot(['list', 'models', '--json'], { cwd: folder });
    const models = stdout
      .trim()
      .split('\n')
      .map((line): { id: string } => JSON.parse(line));
    expect(models.length).toBeGreaterThanOrEqual(2);
    const id = (models[0]?.id ?? '').slice(0, 12);
    const shown = await runOneshot(['show', id], { cwd: folder });
    expect(shown.stdout).toMatch(/^model\n/);
    const exported = await runOneshot(['export', id, '--out', 'one/model.onnx'], { cwd: folder });
    expect(exported.stdout).toBe('one/model.onnx\n');
    expect(existsSync(join(folder, 'one', 'model.onnx'))).toBe(true);
  }, 120_000);

  test('its runs are listed by their kinds, and all together', async () => {
    const { stdout } = await runOneshot(['list', 'runs', '--json'], { cwd: folder });
    const kinds = stdout
      .trim()
      .split('\n')
      .map((line): string => JSON.parse(line).kind);
    expect(new Set(kinds)).toEqual(new Set(['campaign', 'search', 'training', 'evaluation']));
  }, 120_000);

  test('what it scored stands in the registry, and its searches can be drawn', async () => {
    const { stdout } = await runOneshot(['list', 'scores', '--json'], { cwd: folder });
    const scores = stdout
      .trim()
      .split('\n')
      .map((line): { campaign: string; method: string; space: string; dataset: string } => JSON.parse(line));
    const told = scores.map(({ campaign, method, space, dataset }) => [campaign, method, space, dataset].join(' '));
    expect(new Set(told)).toEqual(
      new Set([
        'small darts toy_cell fashion-mnist-sample',
        'small random toy_cell fashion-mnist-sample',
        'other random toy_cell fashion-mnist-sample',
      ]),
    );
    const query = 'registry:space=toy_cell,campaign=small';
    const drawn = await runOneshot(['plot', 'any-time', query, '--out', 'searches.csv'], { cwd: folder });
    expect(drawn.code, drawn.stderr).toBe(0);
    expect(readFileSync(join(folder, 'searches.csv'), 'utf8')).toContain('darts');
  }, 120_000);
});
