import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { colouredShape, type Draw, fashion, fashionNames, shape, shapeNames, streamOf, stripes } from './pictures.js';

/** A folder of pictures as people have them. */
export interface Recipe {
  readonly name: string;
  /** What is special about it. */
  readonly what: string;
  /** Options `oneshot search` needs for it, besides the folder. */
  readonly options?: readonly string[];
  make(directory: string): Promise<void>;
}

const extension = ['png', 'jpg', 'webp'] as const;

/** Writes a picture; its kind follows from the name. */
async function write(directory: string, name: string, file: string, image: Sharp): Promise<void> {
  await mkdir(join(directory, name), { recursive: true });
  await image.toFile(join(directory, name, file));
}

interface Drawn {
  readonly counts: readonly number[];
  readonly names: readonly string[];
  readonly draw: Draw;
  readonly size: (index: number, uniform: number) => readonly [width: number, height: number];
  readonly kind?: (index: number) => string;
}

async function makeDrawn(directory: string, folder: string, { counts, names, draw, size, kind }: Drawn): Promise<void> {
  for (const [label, count] of counts.entries()) {
    for (let i = 0; i < count; i++) {
      const stream = streamOf(folder, label, i);
      const [width, height] = size(i, stream.uniform(1)[0] ?? 0);
      const file = `${String(i).padStart(4, '0')}.${kind?.(i) ?? 'png'}`;
      await write(directory, names[label] ?? `class-${label}`, file, draw(label, width, height, stream));
    }
  }
}

async function makeFashion(directory: string, counts: readonly number[], kind = 'png'): Promise<void> {
  const picture = await fashion();
  for (const [label, count] of counts.entries()) {
    for (let i = 0; i < count; i++) {
      const image = sharp(Buffer.from(picture(label, i)), { raw: { width: 28, height: 28, channels: 1 } });
      await write(
        directory,
        fashionNames[label] ?? '',
        `${String(i).padStart(4, '0')}.${kind}`,
        image.toColourspace('b-w'),
      );
    }
  }
}

const square = (side: number) => () => [side, side] as const;
const photograph = (_: number, u: number) => [200 + Math.round(600 * u), 150 + Math.round(450 * u)] as const;

export const recipes: readonly Recipe[] = [
  {
    name: 'two-shapes',
    what: '2 classes, 60 images, 32×32 colour',
    make: (directory) =>
      makeDrawn(directory, 'two-shapes', { counts: [30, 30], names: shapeNames, draw: shape, size: square(32) }),
  },
  {
    name: 'three-clothes',
    what: '3 classes, 199 images, 28×28 grey',
    make: (directory) => makeFashion(directory, [67, 66, 66]),
  },
  {
    name: 'photographs',
    what: '5 classes, 300 images, JPEG of 200×150 to 800×600, a third of them turned by EXIF',
    make: async (directory) => {
      for (let label = 0; label < 5; label++) {
        for (let i = 0; i < 60; i++) {
          const stream = streamOf('photographs', label, i);
          const [width, height] = photograph(i, stream.uniform(1)[0] ?? 0);
          const image = shape(label, width, height, stream).jpeg({ quality: 85 });
          const file = `IMG_${1000 + i}.jpg`;
          await write(
            directory,
            shapeNames[label] ?? '',
            file,
            i % 3 === 0 ? image.withMetadata({ orientation: 6 }) : image,
          );
        }
      }
    },
  },
  {
    name: 'stripes',
    what: '10 classes, 1,000 images of 64×48, two of them 300×900',
    make: (directory) =>
      makeDrawn(directory, 'stripes', {
        counts: new Array(10).fill(100),
        names: Array.from({ length: 10 }, (_, i) => `${String(18 * i).padStart(3, '0')} degrees`),
        draw: stripes,
        size: (i, u) => (i === 0 && u < 0.1 ? [300, 900] : [64, 48]),
      }),
  },
  {
    name: 'ten-clothes',
    what: '10 classes, 2,000 images, grey JPEG 28×28',
    make: (directory) => makeFashion(directory, new Array(10).fill(200), 'jpg'),
  },
  {
    name: 'unbalanced',
    what: '4 classes of 300, 60, 20 and 10 images, 40×40, PNG, JPEG and WebP',
    make: (directory) =>
      makeDrawn(directory, 'unbalanced', {
        counts: [300, 60, 20, 10],
        names: shapeNames,
        draw: shape,
        size: square(40),
        kind: (i) => extension[i % 3] ?? 'png',
      }),
  },
  {
    name: 'one-class-of-three',
    what: '3 classes of 100, 100 and 3 images, grey',
    make: (directory) => makeFashion(directory, [100, 100, 3]),
  },
  {
    name: 'broken-files',
    what: '3 classes, 240 images, and five files that are none, cut off or of another kind',
    options: ['--skip-unreadable'],
    make: async (directory) => {
      await makeDrawn(directory, 'broken-files', {
        counts: [80, 80, 80],
        names: shapeNames,
        draw: shape,
        size: square(32),
      });
      const whole = await readFile(join(directory, 'circle', '0000.png'));
      await writeFile(join(directory, 'circle', 'cut.png'), whole.subarray(0, whole.length / 2));
      await writeFile(join(directory, 'square', 'empty.jpg'), '');
      await writeFile(join(directory, 'square', 'words.png'), 'this is no picture');
      await writeFile(join(directory, 'triangle', 'notes.txt'), 'neither is this');
      await writeFile(join(directory, 'triangle', 'header.webp'), 'RIFF....WEBP');
    },
  },
  {
    name: 'fifty-classes',
    what: '50 classes, 2,500 images, 32×32: five shapes in ten colours',
    make: (directory) =>
      makeDrawn(directory, 'fifty-classes', {
        counts: new Array(50).fill(50),
        names: Array.from({ length: 50 }, (_, i) => `${shapeNames[i % 5]} ${36 * Math.floor(i / 5)}`),
        draw: colouredShape,
        size: square(32),
      }),
  },
  {
    name: 'mixed-sizes',
    what: '10 classes, 5,000 images of 24 to 56 pixels, colour with transparency',
    make: async (directory) => {
      const picture = await fashion();
      for (let label = 0; label < 10; label++) {
        for (let i = 0; i < 500; i++) {
          const u = streamOf('mixed-sizes', label, i).uniform(6);
          const side = 24 + Math.round(32 * (u[0] ?? 0));
          const grey = Buffer.from(picture(label, i));
          const colour = { r: 60 + 195 * (u[1] ?? 0), g: 60 + 195 * (u[2] ?? 0), b: 60 + 195 * (u[3] ?? 0) };
          const alpha = await sharp(grey, { raw: { width: 28, height: 28, channels: 1 } })
            .resize(side, side)
            .toColourspace('b-w')
            .raw()
            .toBuffer();
          const image = sharp({ create: { width: side, height: side, channels: 3, background: colour } }).joinChannel(
            alpha,
            { raw: { width: side, height: side, channels: 1 } },
          );
          await write(directory, fashionNames[label] ?? '', `${String(i).padStart(4, '0')}.png`, image);
        }
      }
    },
  },
];
