import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { TestOptions } from 'vitest';

/** What a test may need that a fresh clone on a plain machine lacks, and how to get it. */
const ways = {
  'the native engine': 'install a Rust toolchain (https://rustup.rs), then npm run setup',
  'two instruction sets': 'run the tests with the native engine on a CPU that has vector instructions',
  'the tensorflow backend': 'node scripts/tensorflow-backend.mjs',
  'the compiled packages': 'npm run build',
  'nats-server': 'install it (Debian: apt-get install nats-server)',
  grpcurl: 'go install github.com/fullstorydev/grpcurl/cmd/grpcurl@latest',
  'the full Fashion-MNIST': 'install it in /usr/share/datasets (Debian: apt-get install dataset-fashion-mnist)',
  'a machine without the full Fashion-MNIST': 'run the tests where /usr/share/datasets has none',
  'recorded PyTorch runs': 'ONESHOT_SHARED=FOLDER with the recordings in FOLDER/peer/fixtures',
  'tables of benchmarks': 'ONESHOT_SHARED=FOLDER with the tables in FOLDER/data (docs/benchmarks.md)',
  'the right to mount a small file system': 'run the tests as root, where mounting is allowed',
  'the right to set process ids apart': 'run the tests as root, where unshare --pid is allowed',
  '/dev/full': 'run the tests on Linux',
} as const;

export type Thing = keyof typeof ways;

/** What a skipped test says of itself in vitest's report; `npm test` ends with the sum. */
export interface Need {
  readonly thing: Thing;
  readonly get: string;
}

declare module 'vitest' {
  interface TaskMeta {
    needs?: Need;
  }
}

/**
 * Options of a test, or of a `describe`, that is skipped where `thing` is missing, and then named
 * at the end of `npm test`.
 */
export function needs(thing: Thing, present: boolean): TestOptions {
  return present ? {} : { skip: true, meta: { needs: { thing, get: ways[thing] } } };
}

/**
 * The folder of recordings and tables that are too large for the repository: `$ONESHOT_SHARED`,
 * else `shared` beside it.
 */
export const sharedFolder = process.env.ONESHOT_SHARED ?? fileURLToPath(new URL('../../shared', import.meta.url));

/** Whether a nats-server can be started. */
export const hasNats = (): boolean => spawnSync('nats-server', ['--version']).status === 0;

/** Whether this user may mount a small file system. */
export function mayMount(): boolean {
  if (process.getuid?.() !== 0 || !existsSync('/proc/mounts')) return false;
  const probe = mkdtempSync(join(tmpdir(), 'oneshot-mount-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', probe], { stdio: 'ignore' });
    execFileSync('umount', [probe], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  } finally {
    rmdirSync(probe);
  }
}
