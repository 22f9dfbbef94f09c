import type { DatasetPart } from './dataset.js';

/** So many images are looked at, spread evenly over the part. */
const mostImages = 400;
/** Images are looked at on a grid of at most so many fields each way. */
const mostFields = 16;
/**
 * Mirrored images must be found in their class at least so often, as a share of how often the
 * images themselves are.
 */
const leastShare = 0.75;

/**
 * Whether images mirrored left to right still look like their class: whether the nearest other
 * image of a mirrored one has its class nearly as often as that of the image itself has. Where it
 * has not (letters, arrows, directions), training on mirrored images teaches wrong classes.
 */
export function mirrorKeepsClass(part: DatasetPart): boolean {
  const count = Math.min(part.count, mostImages);
  const chosen = Array.from({ length: count }, (_, i) => Math.floor((i * part.count) / count));
  const seen = chosen.map((index) => ({ label: part.labels[index], ...bothWays(part, index) }));
  const found = (way: 'straight' | 'mirrored') =>
    seen.filter((image, i) => nearestLabel(image[way], seen, i) === image.label).length;
  return found('mirrored') >= leastShare * found('straight');
}

interface Seen {
  readonly label: number | undefined;
  readonly straight: Float32Array;
}

/** The label of the image nearest to some values, leaving one image out. */
function nearestLabel(values: Float32Array, seen: readonly Seen[], without: number): number | undefined {
  let least = Number.POSITIVE_INFINITY;
  let label: number | undefined;
  for (const [i, other] of seen.entries()) {
    if (i === without) continue;
    let distance = 0;
    for (let k = 0; k < values.length && distance < least; k++) {
      const difference = (values[k] as number) - (other.straight[k] as number);
      distance += difference * difference;
    }
    if (distance < least) [least, label] = [distance, other.label];
  }
  return label;
}

/**
 * An image averaged over the fields of a grid, and the same mirrored: `[rows, columns, channels]`.
 */
function bothWays({ image, images }: DatasetPart, index: number) {
  const { height, width, channels } = image;
  const [rows, columns] = [Math.min(height, mostFields), Math.min(width, mostFields)];
  const straight = new Float32Array(rows * columns * channels);
  const mirrored = new Float32Array(straight.length);
  const start = index * height * width * channels;
  for (let y = 0; y < height; y++) {
    const row = Math.floor((y * rows) / height);
    for (let x = 0; x < width; x++) {
      const column = Math.floor((x * columns) / width);
      for (let c = 0; c < channels; c++) {
        const value = images[start + (y * width + x) * channels + c] as number;
        const other = images[start + (y * width + width - 1 - x) * channels + c] as number;
        const field = (row * columns + column) * channels + c;
        straight[field] = (straight[field] as number) + value;
        mirrored[field] = (mirrored[field] as number) + other;
      }
    }
  }
  return { straight, mirrored };
}
