import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

test('a test that is skipped names at the end what it needs, and how to get that', () => {
  const folder = mkdtempSync(join(tmpdir(), 'oneshot-needs-'));
  const report = join(folder, 'report.json');
  try {
    const vitest = join(root, 'node_modules/vitest/vitest.mjs');
    const args = ['run', 'libs/nas/src/network/pytorch-parity.test.ts', '--reporter=json', `--outputFile=${report}`];
    const env = { ...process.env, ONESHOT_SHARED: folder };
    execFileSync(process.execPath, [vitest, ...args], { cwd: root, env, stdio: 'ignore' });
    const { numPendingTests } = JSON.parse(readFileSync(report, 'utf8'));
    expect(numPendingTests).toBeGreaterThan(1);
    const said = execFileSync(process.execPath, [join(root, 'scripts/skipped-tests.mjs'), report], {
      encoding: 'utf8',
    });
    expect(said).toBe(
      `${numPendingTests} tests skipped: recorded PyTorch runs; to run them: ONESHOT_SHARED=FOLDER with the recordings in FOLDER/peer/fixtures\n`,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});
