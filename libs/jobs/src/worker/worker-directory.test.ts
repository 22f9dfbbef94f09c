import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeWorkerDirectory } from './worker-directory.js';

test('what a killed worker left is removed by the next one; what others use is kept', async () => {
  const parent = mkdtempSync(join(tmpdir(), 'oneshot-parent-'));
  try {
    const dead = join(parent, 'oneshot-worker-abcdef');
    const foreign = join(parent, 'something-else');
    for (const path of [dead, foreign]) mkdirSync(join(path, 'job-1'), { recursive: true });
    const first = await makeWorkerDirectory(parent);
    const second = await makeWorkerDirectory(parent);
    const paths = [dead, foreign, first.path, second.path];
    expect(paths.map((path) => existsSync(path))).toEqual([false, true, true, true]);
    await first.remove();
    await second.remove();
    expect(paths.map((path) => existsSync(path))).toEqual([false, true, false, false]);
  } finally {
    rmSync(parent, { recursive: true, force: true });
  }
});
