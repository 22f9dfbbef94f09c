import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runOneshot } from '../apps/cli/src/testing/run-oneshot.js';

let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'oneshot-pictures-'));
  // Dark and bright pictures of 12×10, and one photograph among them.
  for (const [name, level, count] of [
    ['dark', 40, 30],
    ['bright', 200, 6],
  ] as const) {
    mkdirSync(join(folder, 'pictures', name), { recursive: true });
    for (let i = 0; i < count; i++) {
      const [width, height] = i === 1 && name === 'dark' ? [640, 480] : [12, 10];
      const background = { r: level + i, g: level, b: level - i };
      await sharp({ create: { width, height, channels: 3, background } }).toFile(
        join(folder, 'pictures', name, `${i}.png`),
      );
    }
  }
});

afterAll(() => rmSync(folder, { recursive: true }));

const search = (...args: string[]) =>
  runOneshot(['search', '--data', 'pictures', '--threads', '1', ...args], { cwd: folder });

test('a search on a small folder tells what it sees, fits its settings to it, records them, and learns', async () => {
  const { code, stdout, stderr } = await search();
  expect(stderr).toContain(
    'data: 30 training and 6 test images in 2 classes, colour, 10×12, as 35 of 36 images are; others are scaled in their proportions and cropped at the centre',
  );
  expect(stderr).toContain('data: the classes are unbalanced: dark has 25 training images, bright 5');
  expect(stderr).toContain('search: darts in toy_cell with 16 channels, 30 epochs in batches of 8, seed 0');
  expect(stderr).toContain('training: 100 epochs in batches of 8, learning rate 0.035, seed 0');
  expect(stdout).toContain('Test accuracy: 100.00 %');
  expect(code).toBe(0);
  const { stdout: listed } = await runOneshot(['list', 'trainings', '--json'], { cwd: folder });
  expect(JSON.parse(listed.trim().split('\n').at(-1) ?? '')).toMatchObject({
    spec: { batch: 8, epochs: 100, normImages: 1024, dropPath: 0, space: { channels: 16 } },
  });
}, 240_000);

test.each([
  [['--batch', '5000'], 'batch: found 5000; allowed: 1 to 15, the half of the training images that weights learn from'],
  [['--image-size', '4'], 'data.imageSize'],
  [['--image-size', 'small'], 'allowed: a side such as 48'],
  [['--resize', 'squeeze'], 'Allowed choices are crop, pad, stretch'],
])('%j is bad input, told at once', async (args, why) => {
  const { code, stderr } = await search(...args);
  expect(stderr).toContain(why);
  expect(code).toBe(2);
});
