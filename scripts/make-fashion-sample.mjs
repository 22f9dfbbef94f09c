// Makes examples/data/fashion-mnist-sample from the full Fashion-MNIST: per class the first 1,000
// training and the first 200 test images, kept in file order. Needs Debian's package
// dataset-fashion-mnist, or a directory that holds the four IDX .gz files: node
// scripts/make-fashion-sample.mjs [directory]
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';

const source = process.argv[2] ?? '/usr/share/datasets/fashion-mnist';
const target = join(dirname(fileURLToPath(import.meta.url)), '../examples/data/fashion-mnist-sample');
const classes = 10;
const parts = [
  { prefix: 'train', perClass: 1000 },
  { prefix: 't10k', perClass: 200 },
];

/** Splits an IDX file into its header and its items. */
function readIdx(path, dimensions) {
  const bytes = gunzipSync(readFileSync(path));
  const sizes = Array.from({ length: dimensions }, (_, i) => bytes.readUInt32BE(4 + 4 * i));
  const start = 4 + 4 * dimensions;
  return { magic: bytes.subarray(0, 4), count: sizes[0], rest: sizes.slice(1), items: bytes.subarray(start) };
}

function writeIdx(path, magic, sizes, items) {
  const header = Buffer.alloc(4 * sizes.length);
  for (const [i, size] of sizes.entries()) header.writeUInt32BE(size, 4 * i);
  // Node writes no file name and no time into a gzip header, so the same input gives the same file.
  const bytes = gzipSync(Buffer.concat([magic, header, items]), { level: 9, memLevel: 9 });
  writeFileSync(path, bytes);
  return bytes.length;
}

mkdirSync(target, { recursive: true });
let total = 0;
for (const { prefix, perClass } of parts) {
  const images = readIdx(join(source, `${prefix}-images-idx3-ubyte.gz`), 3);
  const labels = readIdx(join(source, `${prefix}-labels-idx1-ubyte.gz`), 1);
  const taken = new Array(classes).fill(0);
  const chosen = [];
  for (let i = 0; i < labels.count; i++) {
    const label = labels.items[i];
    if (taken[label] < perClass) {
      taken[label]++;
      chosen.push(i);
    }
  }
  if (taken.some((n) => n < perClass)) throw new Error(`${source}: fewer than ${perClass} ${prefix} images in a class`);
  const size = images.rest[0] * images.rest[1];
  const pixels = Buffer.concat(chosen.map((i) => images.items.subarray(i * size, (i + 1) * size)));
  const chosenLabels = Buffer.from(chosen.map((i) => labels.items[i]));
  total += writeIdx(
    join(target, `${prefix}-images-idx3-ubyte.gz`),
    images.magic,
    [chosen.length, ...images.rest],
    pixels,
  );
  total += writeIdx(join(target, `${prefix}-labels-idx1-ubyte.gz`), labels.magic, [chosen.length], chosenLabels);
}
console.log(`${target}: ${total} bytes`);
