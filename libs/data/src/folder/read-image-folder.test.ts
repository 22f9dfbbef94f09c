import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openDataset } from '../open.js';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'oneshot-folder-'));
});
afterEach(() => rm(directory, { recursive: true }));

async function paint(path: string, background: string, width = 12, height = 12): Promise<void> {
  const file = join(directory, path);
  await mkdir(dirname(file), { recursive: true });
  await sharp({ create: { width, height, channels: 3, background } }).toFile(file);
}

describe('a folder of images per class', () => {
  test('takes train/ and test/ as given, classes sorted by name, pixels as they are', async () => {
    await paint('train/zebra/1.png', '#ff0000');
    await paint('train/ant/1.png', '#00ff00');
    await paint('test/ant/9.webp', '#0000ff');
    await paint('test/zebra/9.png', '#102030');
    const data = await openDataset(directory);
    expect(data.classes).toEqual(['ant', 'zebra']);
    expect(data.image).toEqual({ height: 12, width: 12, channels: 3 });
    expect([...data.train.labels]).toEqual([0, 1]);
    expect([...data.train.images.subarray(0, 3)]).toEqual([0, 255, 0]);
    expect([...data.test.images.slice(-3)]).toEqual([0x10, 0x20, 0x30]);
  });

  test('sets a sixth of each class apart when there is no test/, the same one each time', async () => {
    for (let i = 0; i < 12; i++) {
      for (const name of ['a', 'b']) await paint(`${name}/${i}.png`, `rgb(${i},0,${name === 'a' ? 0 : 99})`);
    }
    const data = await openDataset(directory);
    expect([data.train.count, data.test.count]).toEqual([20, 4]);
    expect([...data.test.labels]).toEqual([0, 0, 1, 1]);
    expect((await openDataset(directory)).digest).toBe(data.digest);
    expect(data.source).toContain('no test/ given');
  });

  test('brings mixed sizes to 32×32, or to the size asked for', async () => {
    await paint('train/a/1.png', '#ffffff', 40, 20);
    await paint('train/b/1.jpg', '#000000', 10, 30);
    await paint('test/a/1.png', '#ffffff', 7, 7);
    await paint('test/b/1.png', '#ffffff', 9, 9);
    expect((await openDataset(directory)).image).toMatchObject({ height: 32, width: 32 });
    expect((await openDataset(directory, { imageSize: 16 })).image).toMatchObject({ height: 16, width: 16 });
    await expect(openDataset(directory, { imageSize: 'native' })).rejects.toMatchObject({ code: 'mixed_sizes' });
  });

  test('has one channel when every image is grey', async () => {
    for (const path of ['train/a/1.png', 'train/b/1.png', 'test/a/2.png', 'test/b/2.png']) {
      const file = join(directory, path);
      await mkdir(dirname(file), { recursive: true });
      const pixels = Uint8Array.from({ length: 64 }, (_, i) => i);
      await sharp(pixels, { raw: { width: 8, height: 8, channels: 1 } })
        .toColourspace('b-w')
        .png()
        .toFile(file);
    }
    const data = await openDataset(directory);
    expect(data.image).toEqual({ height: 8, width: 8, channels: 1 });
    expect([...data.train.images.subarray(0, 4)]).toEqual([0, 1, 2, 3]);
  });

  test('names every empty class and every unreadable image', async () => {
    await paint('train/a/1.png', '#ffffff');
    await paint('test/a/1.png', '#ffffff');
    await mkdir(join(directory, 'train/b'));
    await expect(openDataset(directory)).rejects.toMatchObject({
      faults: [
        { code: 'empty_class', field: join(directory, 'train/b') },
        { code: 'empty_class', field: join(directory, 'test/b') },
      ],
    });
    await paint('test/b/1.png', '#ffffff');
    await writeFile(join(directory, 'train/b/broken.png'), 'no image');
    await writeFile(join(directory, 'train/b/broken2.jpg'), 'no image');
    await expect(openDataset(directory)).rejects.toMatchObject({
      faults: [
        { code: 'unreadable_image', field: join(directory, 'train/b/broken.png') },
        { code: 'unreadable_image', field: join(directory, 'train/b/broken2.jpg') },
      ],
    });
  });

  test('refuses a test class that train/ does not have', async () => {
    for (const path of ['train/a/1.png', 'train/b/1.png', 'test/a/1.png', 'test/b/1.png', 'test/c/1.png']) {
      await paint(path, '#ffffff');
    }
    await expect(openDataset(directory)).rejects.toMatchObject({ code: 'label_out_of_range' });
  });
});
