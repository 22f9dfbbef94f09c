import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDataset } from '../open.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'oneshot-cifar-'));
});
afterEach(() => rm(directory, { recursive: true }));

/** A record whose red, green and blue planes hold their pixel's number plus 0, 1 and 2. */
function record(label: number): Buffer {
  const planes = [0, 1, 2].map((plane) => Buffer.from(Array.from({ length: 1024 }, (_, i) => (i + plane) % 256)));
  return Buffer.concat([Buffer.from([label]), ...planes]);
}

describe('the binary layout of CIFAR-10', () => {
  test('reads many files in numeric order and interleaves the planes', async () => {
    await writeFile(join(directory, 'data_batch_10.bin'), record(9));
    await writeFile(join(directory, 'data_batch_2.bin'), Buffer.concat([record(3), record(4)]));
    await writeFile(join(directory, 'test_batch.bin'), record(1));
    const data = await openDataset('cifar10', { dir: directory });
    expect([...data.train.labels]).toEqual([3, 4, 9]);
    expect([...data.train.images.subarray(0, 6)]).toEqual([0, 1, 2, 1, 2, 3]);
    expect(data.classes[9]).toBe('truck');
    expect(data.test.count).toBe(1);
  });

  test('refuses a truncated file and a label out of range, both at once', async () => {
    await writeFile(join(directory, 'train_1.bin'), record(3).subarray(0, 3000));
    await writeFile(join(directory, 'test_1.bin'), record(10));
    await expect(openDataset('cifar10', { dir: directory })).rejects.toMatchObject({
      faults: [{ code: 'truncated' }, { code: 'label_out_of_range', found: 'label 10 at record 0' }],
    });
  });

  test('refuses a directory without test records', async () => {
    await writeFile(join(directory, 'train_1.bin'), record(3));
    await expect(openDataset('cifar10', { dir: directory })).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('test_*.bin'),
    });
  });
});
