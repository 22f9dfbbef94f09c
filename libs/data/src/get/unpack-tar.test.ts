import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unpackTar } from './unpack-tar.js';

test('unpacks what the tar command packs, and refuses it cut off', () => {
  const directory = mkdtempSync(join(tmpdir(), 'oneshot-tar-'));
  mkdirSync(join(directory, 'cifar-10-batches-bin'));
  writeFileSync(join(directory, 'cifar-10-batches-bin/data_batch_1.bin'), Buffer.alloc(3073, 5));
  writeFileSync(join(directory, 'cifar-10-batches-bin/empty.txt'), '');
  execFileSync('tar', ['--format=ustar', '-cf', 'a.tar', 'cifar-10-batches-bin'], { cwd: directory });
  const archive = readFileSync(join(directory, 'a.tar'));
  const files = unpackTar(archive, 'a.tar').map(({ name, bytes }) => [name, bytes.length]);
  expect(Object.fromEntries(files)).toEqual({
    'cifar-10-batches-bin/data_batch_1.bin': 3073,
    'cifar-10-batches-bin/empty.txt': 0,
  });
  expect(() => unpackTar(archive.subarray(0, 2048), 'a.tar')).toThrow(/cut-off/);
  rmSync(directory, { recursive: true });
});
