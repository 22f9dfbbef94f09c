import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { mayMount, needs } from '@oneshot/test/needs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { executionCheckpoints } from './checkpoint-files.js';

let directory: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'oneshot-checkpoints-'));
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

function opened(given?: string) {
  const stored: string[] = [];
  const checkpoints = executionCheckpoints({
    directory,
    checkpoint: given,
    stopRequested: () => false,
    saveCheckpoint: async (path) => {
      stored.push(path);
    },
  });
  return { checkpoints, stored };
}

test('a long run keeps one checkpoint on the disk of its worker, the last', async () => {
  const given = join(directory, 'checkpoint');
  writeFileSync(given, 'epoch 0');
  const { checkpoints, stored } = opened(given);
  for (let epoch = 1; epoch <= 20; epoch += 1) {
    await checkpoints.save(Buffer.from(`epoch ${epoch}`));
    expect(readdirSync(directory)).toHaveLength(1);
  }
  expect(stored).toHaveLength(20);
  expect(Buffer.from((await checkpoints.load()) ?? []).toString()).toBe('epoch 20');
});

const smallDisk = needs('the right to mount a small file system', mayMount());

test('a full disk is waited out, and the checkpoint is whole then', smallDisk, async () => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', directory]);
  try {
    const filler = join(directory, 'filler');
    writeFileSync(filler, Buffer.alloc(900_000));
    const { checkpoints, stored } = opened();
    const bytes = Buffer.alloc(500_000, 7);
    const saving = checkpoints.save(bytes);
    await pause(300);
    expect(stored).toEqual([]);
    rmSync(filler);
    await saving;
    expect(Buffer.from((await checkpoints.load()) ?? []).equals(bytes)).toBe(true);
  } finally {
    execFileSync('umount', [directory]);
  }
});
