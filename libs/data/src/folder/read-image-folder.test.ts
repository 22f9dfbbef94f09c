import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DataError } from '../error.js';
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

  test('brings mixed sizes to that of most, or to the size asked for', async () => {
    await paint('train/a/1.png', '#ffffff', 40, 20);
    await paint('train/b/1.jpg', '#000000', 40, 20);
    await paint('test/a/1.png', '#ffffff', 40, 20);
    await paint('test/b/1.png', '#ffffff', 9, 9);
    const data = await openDataset(directory);
    expect(data.image).toMatchObject({ height: 20, width: 40 });
    expect(data.folder?.shape).toBe(
      '20×40, as 3 of 4 images are; others are scaled in their proportions and cropped at the centre',
    );
    expect((await openDataset(directory, { imageSize: 16 })).image).toMatchObject({ height: 16, width: 16 });
    expect((await openDataset(directory, { imageSize: [16, 24] })).image).toMatchObject({ height: 16, width: 24 });
    await expect(openDataset(directory, { imageSize: 'native' })).rejects.toMatchObject({ code: 'mixed_sizes' });
    await expect(openDataset(directory, { imageSize: [4, 4096] })).rejects.toMatchObject({
      faults: [
        { field: 'imageSize', found: '4' },
        { field: 'imageSize', found: '4096' },
      ],
    });
  });

  /** A white image with a black bar of a tenth of its width at the left. */
  async function barred(path: string, width: number, height: number): Promise<void> {
    const file = join(directory, path);
    await mkdir(dirname(file), { recursive: true });
    const bar = { create: { width: Math.round(width / 10), height, channels: 3, background: '#000000' } } as const;
    await sharp({ create: { width, height, channels: 3, background: '#ffffff' } })
      .composite([{ input: bar, left: 0, top: 0 }])
      .toFile(file);
  }

  test('crops, pads or stretches as asked, and enlarges only what it was told to', async () => {
    for (const path of ['train/a/1.png', 'test/a/1.png', 'test/b/1.png']) await paint(path, '#ffffff', 20, 20);
    await barred('train/b/1.png', 40, 20);
    const row = async (rule: Parameters<typeof openDataset>[1]) => {
      const { train } = await openDataset(directory, rule);
      return Array.from({ length: 20 }, (_, x) => train.images[(20 + 10) * 20 * 3 + x * 3] ?? -1);
    };
    expect(await row({})).toEqual(new Array(20).fill(255));
    expect((await row({ resize: 'pad' }))[0]).toBeLessThan(30);
    expect((await row({ resize: 'stretch' }))[0]).toBeLessThan(30);
    await barred('train/b/1.png', 10, 10);
    const kept = await row({});
    expect(kept.slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(kept[7]).toBe(255);
    expect((await row({ imageSize: 20 }))[1]).toBeLessThan(60);
    expect((await row({ imageSize: 20 }))[6]).toBe(255);
  });

  test('turns images upright, lays transparency on white, and reads 16 bits, palettes and CMYK', async () => {
    const make = async (path: string, image: Sharp) => {
      await mkdir(dirname(join(directory, path)), { recursive: true });
      await image.toFile(join(directory, path));
    };
    const half = Uint8Array.from({ length: 8 * 8 * 3 }, (_, i) => (Math.floor(i / 24) < 4 ? 0 : 255));
    const upper = () => sharp(half, { raw: { width: 8, height: 8, channels: 3 } });
    await make('train/a/1.png', upper());
    await make('train/a/2.jpg', upper().jpeg({ quality: 100 }).withMetadata({ orientation: 3 }));
    await make('train/a/3.png', sharp({ create: { width: 8, height: 8, channels: 4, background: '#00000000' } }).png());
    await make('train/a/4.png', upper().png({ palette: true }));
    await make('train/a/5.png', upper().toColourspace('rgb16').png());
    await make('train/a/6.jpg', upper().toColourspace('cmyk').jpeg({ quality: 100 }));
    await make('train/a/7.gif', upper().gif());
    await make('train/b/1.tiff', upper().tiff());
    await make('train/b/2.avif', upper().avif({ lossless: true }));
    await make('test/a/1.png', upper());
    await make('test/b/1.png', upper());
    const { train, image } = await openDataset(directory);
    expect(image).toEqual({ height: 8, width: 8, channels: 3 });
    const first = (i: number) => train.images[i * 192] ?? -1;
    const near = (value: number) => (value < 40 ? 0 : value > 215 ? 255 : value);
    expect(Array.from({ length: train.count }, (_, i) => near(first(i)))).toEqual([0, 255, 255, 0, 0, 0, 0, 0, 0]);
  });

  test('tells which files it did not read, and leaves unreadable ones out when told to', async () => {
    for (const path of ['a/1.png', 'a/2.png', 'b/1.png', 'b/2.png', 'b/deep/3.png']) await paint(path, '#ffffff');
    await writeFile(join(directory, 'a/notes.txt'), 'words');
    await writeFile(join(directory, 'b/broken.png'), 'no image');
    await writeFile(join(directory, 'b/cut.png'), (await readFile(join(directory, 'a/1.png'))).subarray(0, 60));
    const refused = await openDataset(directory).catch((error: unknown) => error);
    if (!(refused instanceof DataError)) throw new Error('not refused');
    expect(refused.faults.map(({ field }) => field).sort()).toEqual([
      join(directory, 'b/broken.png'),
      join(directory, 'b/cut.png'),
    ]);
    const { folder, train, test } = await openDataset(directory, { skipUnreadable: true });
    expect(train.count + test.count).toBe(4);
    expect(folder?.unreadable.toSorted()).toEqual([join(directory, 'b/broken.png'), join(directory, 'b/cut.png')]);
    expect(folder?.ignored).toEqual([join(directory, 'a/notes.txt'), join(directory, 'b/deep')]);
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
