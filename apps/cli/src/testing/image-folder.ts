import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const imagesPerClass = 6;

interface Look {
  /** Height and width, which images take by turns. Default: all 8×8. */
  readonly sizes?: readonly (readonly [height: number, width: number])[];
  /** Default: in colour. */
  readonly grey?: true;
}

/** Writes a folder of single-coloured images, six of each class. */
export async function writeImageFolder(
  folder: string,
  colourOf: Readonly<Record<string, string>>,
  { sizes = [[8, 8]], grey }: Look = {},
): Promise<void> {
  for (const [name, background] of Object.entries(colourOf)) {
    const directory = join(folder, name);
    mkdirSync(directory, { recursive: true });
    for (let i = 0; i < imagesPerClass; i++) {
      const [height, width] = sizes[i % sizes.length] ?? [8, 8];
      const image = sharp({ create: { width, height, channels: 3, background } });
      await image.toColourspace(grey ? 'b-w' : 'srgb').toFile(join(directory, `${i}.png`));
    }
  }
}
