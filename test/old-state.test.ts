import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';

const run = promisify(execFile);
const oneshot = fileURLToPath(new URL('../apps/cli/bin/oneshot.mjs', import.meta.url));
/**
 * A state folder of version 0.1 with one campaign that ended and one that was killed in the middle
 * of its search, their files, and the report of the first.
 */
const archive = fileURLToPath(new URL('recorded/state-0.1.tar.gz', import.meta.url));
/**
 * What the version that made the state came to where it was not disturbed, on plain scalar
 * arithmetic.
 */
const UNDISTURBED = 'd6d44822907e1eed051970525161850c6bde54c3ebb550b332e2cf1b8946115e';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oneshot-old-state-'));
  await run('tar', ['xzf', archive, '-C', folder]);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const campaign = (file: string, out: string) =>
  run(process.execPath, [oneshot, 'run', file, '--state', 'state', '--out', out], {
    cwd: folder,
    env: { ...process.env, ONESHOT_SIMD: 'scalar' },
  });

test('a campaign that ended under version 0.1 is told again without work, and its report is the same byte for byte', async () => {
  await campaign('tiny.yaml', 'again');
  const [before, after] = await Promise.all(
    ['out/tiny/report.html', 'again/report.html'].map((file) => readFile(join(folder, file), 'utf8')),
  );
  expect(after).toBe(before);
});

test('a search that was interrupted under version 0.1 goes on from its checkpoint and ends bit for bit as it would have', async () => {
  await campaign('going.yaml', 'going');
  const model = await readFile(join(folder, 'going/models/toy_gdas_seed2.onnx'));
  expect(createHash('sha256').update(model).digest('hex')).toBe(UNDISTURBED);
}, 180_000);
