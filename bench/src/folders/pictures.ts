import { openDataset } from '@oneshot/data';
import { type RandomStream, randomStream } from '@oneshot/engine';
import sharp, { type Sharp } from 'sharp';

/** Draws one picture of a class, of about the size asked for. */
export type Draw = (label: number, width: number, height: number, stream: RandomStream) => Sharp;

const shapes: readonly ((r: number) => string)[] = [
  (r) => `<circle r="${r}"/>`,
  (r) => `<rect x="${-r * 0.85}" y="${-r * 0.85}" width="${1.7 * r}" height="${1.7 * r}"/>`,
  (r) => `<path d="M0 ${-r} L${0.87 * r} ${r / 2} L${-0.87 * r} ${r / 2} Z"/>`,
  (r) =>
    `<path d="M${-r} ${-r / 4} H${-r / 4} V${-r} H${r / 4} V${-r / 4} H${r} V${r / 4} H${r / 4} V${r} H${-r / 4} V${r / 4} H${-r} Z"/>`,
  (r) =>
    `<path fill-rule="evenodd" d="M${-r} 0 A${r} ${r} 0 1 0 ${r} 0 A${r} ${r} 0 1 0 ${-r} 0 M${-r / 2} 0 A${r / 2} ${r / 2} 0 1 0 ${r / 2} 0 A${r / 2} ${r / 2} 0 1 0 ${-r / 2} 0"/>`,
];

export const shapeNames = ['circle', 'square', 'triangle', 'cross', 'ring'];

/** A filled shape anywhere, turned, of any colour on another, under noise. */
export const shape: Draw = (label, width, height, stream) => {
  const u = stream.uniform(16);
  const at = (i: number) => u[i] ?? 0;
  const side = Math.min(width, height);
  const r = side * (0.2 + 0.2 * at(0));
  const x = r + at(1) * (width - 2 * r);
  const y = r + at(2) * (height - 2 * r);
  const hue = 360 * at(3);
  const inner = `hsl(${hue} ${40 + 50 * at(4)}% ${35 + 30 * at(5)}%)`;
  const outer = `hsl(${(hue + 90 + 180 * at(6)) % 360} ${20 + 60 * at(7)}% ${20 + 60 * at(8)}%)`;
  const form = shapes[label % shapes.length]?.(r) ?? '';
  return drawn(
    width,
    height,
    `<rect width="100%" height="100%" fill="${outer}"/><g fill="${inner}" transform="translate(${x} ${y}) rotate(${90 * at(9)})">${form}</g>`,
    stream,
  );
};

/** Shapes whose class is their form and the tenth of the colour circle they are painted in. */
export const colouredShape: Draw = (label, width, height, stream) => {
  const u = stream.uniform(8);
  const at = (i: number) => u[i] ?? 0;
  const r = Math.min(width, height) * (0.25 + 0.15 * at(0));
  const hue = 36 * Math.floor(label / shapes.length) + 16 * at(1);
  const form = shapes[label % shapes.length]?.(r) ?? '';
  const x = r + at(2) * (width - 2 * r);
  const y = r + at(3) * (height - 2 * r);
  const grey = Math.round(255 * at(4));
  return drawn(
    width,
    height,
    `<rect width="100%" height="100%" fill="rgb(${grey},${grey},${grey})"/><g fill="hsl(${hue} 85% 50%)" transform="translate(${x} ${y}) rotate(${30 * at(5)})">${form}</g>`,
    stream,
  );
};

/** Stripes: the class is their direction, one of ten; width, phase and colours vary. */
export const stripes: Draw = (label, width, height, stream) => {
  const u = stream.uniform(8);
  const at = (i: number) => u[i] ?? 0;
  const period = 5 + 6 * at(0);
  const turn = 18 * label + 6 * at(1) - 3;
  const [a, b] = [360 * at(2), 360 * at(3)];
  const pattern = `<pattern id="p" width="${period}" height="${period}" patternUnits="userSpaceOnUse" patternTransform="rotate(${turn}) translate(${period * at(4)} 0)"><rect width="${period}" height="${period}" fill="hsl(${a} 50% 40%)"/><rect width="${period / 2}" height="${period}" fill="hsl(${b} 50% 65%)"/></pattern>`;
  return drawn(width, height, `<defs>${pattern}</defs><rect width="100%" height="100%" fill="url(#p)"/>`, stream);
};

/** Side of the tile of noise that is laid over a picture. */
const grainSide = 48;

function drawn(width: number, height: number, body: string, stream: RandomStream): Sharp {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${body}</svg>`;
  const tile = { width: Math.min(width, grainSide), height: Math.min(height, grainSide) };
  const noise = stream.normal(tile.width * tile.height * 3);
  const grain = Buffer.from(Uint8Array.from(noise, (value) => Math.max(0, Math.min(255, 128 + 30 * value))));
  const raw = { ...tile, channels: 3 } as const;
  return sharp(Buffer.from(svg))
    .removeAlpha()
    .composite([{ input: grain, raw, blend: 'soft-light', tile: true }]);
}

/** Pictures of Fashion-MNIST, by class in file order: real ones, 28×28 and grey. */
export async function fashion(): Promise<(label: number, index: number) => Uint8Array> {
  const { train } = await openDataset('fashion-mnist-sample');
  const places = new Map<number, number[]>();
  for (const [i, label] of train.labels.entries()) places.set(label, [...(places.get(label) ?? []), i]);
  return (label, index) => {
    const place = places.get(label)?.[index] ?? 0;
    return train.images.subarray(784 * place, 784 * (place + 1));
  };
}

export const fashionNames = [
  't-shirt',
  'trouser',
  'pullover',
  'dress',
  'coat',
  'sandal',
  'shirt',
  'sneaker',
  'bag',
  'boot',
];

export function streamOf(folder: string, label: number, index: number): RandomStream {
  return randomStream(0, 'picture', folder, label, index);
}
