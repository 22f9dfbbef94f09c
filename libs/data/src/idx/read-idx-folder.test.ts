import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDataset } from '../open.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'oneshot-idx-'));
});
afterEach(() => rm(directory, { recursive: true }));

function idx(sizes: readonly number[], values: readonly number[]): Buffer {
  const header = Buffer.alloc(4 + 4 * sizes.length);
  header.writeUInt32BE(0x800 + sizes.length);
  for (const [i, size] of sizes.entries()) header.writeUInt32BE(size, 4 + 4 * i);
  return Buffer.concat([header, Buffer.from(values)]);
}

/** Three training and two test images of 2×2, three classes. */
async function writeTiny(changes: Readonly<Record<string, Uint8Array>> = {}): Promise<void> {
  const files: Record<string, Uint8Array> = {
    'train-images-idx3-ubyte': idx([3, 2, 2], [0, 1, 2, 3, 10, 11, 12, 13, 255, 254, 253, 252]),
    'train-labels-idx1-ubyte': idx([3], [0, 2, 1]),
    't10k-images-idx3-ubyte': idx([2, 2, 2], [1, 1, 1, 1, 9, 9, 9, 9]),
    't10k-labels-idx1-ubyte': idx([2], [1, 0]),
    ...changes,
  };
  for (const [name, bytes] of Object.entries(files)) await writeFile(join(directory, name), bytes);
}

describe('a folder of IDX files', () => {
  test('reads plain files with their labels and shapes', async () => {
    await writeTiny();
    const data = await openDataset(directory);
    expect(data.image).toEqual({ height: 2, width: 2, channels: 1 });
    expect(data.classes).toEqual(['0', '1', '2']);
    expect([...data.train.labels]).toEqual([0, 2, 1]);
    expect([...data.train.images.subarray(4, 8)]).toEqual([10, 11, 12, 13]);
    expect(data.test.count).toBe(2);
  });

  test('gives the same digest plain and compressed', async () => {
    await writeTiny();
    const plain = await openDataset(directory);
    const other = await mkdtemp(join(tmpdir(), 'oneshot-idx-'));
    directory = other;
    await writeTiny();
    for (const name of ['train-images-idx3-ubyte', 't10k-labels-idx1-ubyte']) {
      const { readFile } = await import('node:fs/promises');
      await writeFile(join(other, `${name}.gz`), gzipSync(await readFile(join(other, name))));
      await rm(join(other, name));
    }
    expect((await openDataset(other)).digest).toBe(plain.digest);
  });

  test('refuses a truncated file and says how many bytes it found and expected', async () => {
    await writeTiny({ 'train-images-idx3-ubyte': idx([3, 2, 2], [0, 1, 2, 3, 4]) });
    await expect(openDataset(directory)).rejects.toMatchObject({
      code: 'truncated',
      field: join(directory, 'train-images-idx3-ubyte'),
      message: expect.stringMatching(/found 21 bytes; allowed: 28 bytes/),
    });
  });

  test('refuses a compressed file that was cut off, with the same figures', async () => {
    await writeTiny();
    const whole = gzipSync(
      idx(
        [100, 2, 2],
        Array.from({ length: 400 }, (_, i) => (i * 7919) % 251),
      ),
    );
    await rm(join(directory, 'train-images-idx3-ubyte'));
    await writeFile(join(directory, 'train-images-idx3-ubyte.gz'), whole.subarray(0, 150));
    await expect(openDataset(directory)).rejects.toMatchObject({
      code: 'truncated',
      message: expect.stringMatching(/found \d+ bytes; allowed: 416 bytes/),
    });
  });

  test('refuses a wrong magic number', async () => {
    await writeTiny({ 'train-labels-idx1-ubyte': Buffer.from('not an IDX file') });
    await expect(openDataset(directory)).rejects.toMatchObject({
      code: 'wrong_format',
      message: expect.stringMatching(/magic number 0x6e6f7420; allowed: 0x00000801/),
    });
  });

  test('refuses a test label that no training class answers to', async () => {
    await writeTiny({ 't10k-labels-idx1-ubyte': idx([2], [1, 7]) });
    await expect(openDataset(directory)).rejects.toMatchObject({
      code: 'label_out_of_range',
      message: expect.stringMatching(/label 7 at image 1; allowed: 0 to 2/),
    });
  });

  test('refuses images and labels of different number, and parts of different size', async () => {
    await writeTiny({ 'train-labels-idx1-ubyte': idx([2], [0, 1]) });
    await expect(openDataset(directory)).rejects.toMatchObject({ code: 'count_mismatch' });
    await writeTiny({ 't10k-images-idx3-ubyte': idx([2, 1, 2], [1, 2, 3, 4]) });
    await expect(openDataset(directory)).rejects.toMatchObject({ code: 'mixed_sizes' });
  });

  test('names the missing file', async () => {
    await writeTiny();
    await rm(join(directory, 't10k-labels-idx1-ubyte'));
    await expect(openDataset(directory)).rejects.toMatchObject({
      code: 'not_found',
      field: join(directory, 't10k-labels-idx1-ubyte'),
    });
  });
});
