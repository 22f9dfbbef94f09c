import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const imagesPerClass = 6;

/** Writes a folder of single-coloured images, 8×8, six of each class. */
export async function writeImageFolder(folder: string, colourOf: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, background] of Object.entries(colourOf)) {
    const directory = join(folder, name);
    mkdirSync(directory, { recursive: true });
    for (let i = 0; i < imagesPerClass; i++) {
      const file = join(directory, `${i}.png`);
      await sharp({ create: { width: 8, height: 8, channels: 3, background } }).toFile(file);
    }
  }
}
