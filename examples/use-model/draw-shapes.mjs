/**
 * Draws a folder of pictures to learn from, one folder per class: `node
 * examples/use-model/draw-shapes.mjs FOLDER [IMAGES_PER_CLASS] [WIDTHxHEIGHT] [SEED]`. The same
 * arguments draw the same pictures.
 */
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';

const [folder, perClass = '80', size = '48x48', seed = '0'] = process.argv.slice(2);
const [width, height] = size.split('x').map(Number);
if (folder === undefined || !(perClass > 0) || !(width > 0) || !(height > 0)) {
  console.error('node examples/use-model/draw-shapes.mjs FOLDER [IMAGES_PER_CLASS] [WIDTHxHEIGHT] [SEED]');
  process.exit(2);
}
if (existsSync(folder)) {
  console.error(`${folder} is there already; name a new folder.`);
  process.exit(2);
}

/** Numbers from 0 to 1 from a seed (mulberry32). */
function randomNumbers(start) {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
const random = randomNumbers(Number(seed));
const between = (from, to) => from + (to - from) * random();

/** Corners on a circle around the middle, the radius of every other one times `inner`. */
function corners(count, inner = 1) {
  const points = Array.from({ length: count }, (_, i) => {
    const angle = (2 * Math.PI * i) / count;
    const radius = i % 2 === 0 ? 1 : inner;
    return `${radius * Math.sin(angle)},${-radius * Math.cos(angle)}`;
  });
  return `<polygon points="${points.join(' ')}"/>`;
}

const shapes = {
  circle: '<circle r="0.9"/>',
  square: corners(4),
  star: corners(10, 0.45),
  triangle: corners(3),
};

/** One shape of any colour, place, size and angle on a ground of another brightness. */
function draw(shape) {
  const radius = between(0.22, 0.4) * Math.min(width, height);
  const [x, y] = [width, height].map((length) => between(radius, length - radius));
  const dark = random() < 0.5;
  const colour = (lightness) => `hsl(${between(0, 360)} ${between(20, 80)}% ${lightness + between(-12, 12)}%)`;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
    <rect width="100%" height="100%" fill="${colour(dark ? 75 : 25)}"/>
    <g transform="translate(${x} ${y}) rotate(${between(0, 360)}) scale(${radius})" fill="${colour(dark ? 25 : 75)}">${shape}</g>
  </svg>`;
}

for (const [name, shape] of Object.entries(shapes)) {
  mkdirSync(join(folder, name), { recursive: true });
  for (let i = 0; i < Number(perClass); i++) {
    await sharp(Buffer.from(draw(shape)))
      .png()
      .toFile(join(folder, name, `${name}-${String(i).padStart(3, '0')}.png`));
  }
}
console.log(
  `${Object.keys(shapes).length} classes of ${perClass} pictures, ${width} by ${height} pixels, in ${folder}`,
);
