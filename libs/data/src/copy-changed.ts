import type { Change } from './augment.js';
import type { DatasetPart } from './dataset.js';

/**
 * Writes one image of a part, normalised and changed, into `into` from `start` on. `table` holds
 * the normalised value of every pixel value, `[channels, 256]`; beyond the border pixels are 0
 * before normalisation. Both are the bits of float32 values: copying bits spares the conversion to
 * double precision and back, which would take most of the time.
 */
export function copyChanged(
  part: DatasetPart,
  index: number,
  table: Int32Array,
  change: Change,
  into: Int32Array,
  start: number,
): void {
  const { images } = part;
  const { height, width, channels } = part.image;
  const { down, right, mirrored, cutout } = change;
  const first = index * height * width * channels;
  // Columns [from, to) of the result lie inside the image; the others, and rows outside, are
  // padding.
  const from = Math.max(0, mirrored ? right : -right);
  const to = Math.min(width, mirrored ? width + right : width - right);
  const step = mirrored ? -channels : channels;
  const leftmost = (mirrored ? width - 1 - from : from) + right;
  for (let y = 0; y < height; y++) {
    const row = y + down;
    const inside = row >= 0 && row < height;
    const left = inside ? from : width;
    const rest = inside ? to : width;
    let out = start + y * width * channels;
    for (let x = 0; x < left; x++) {
      for (let c = 0; c < channels; c++) into[out++] = table[256 * c] as number;
    }
    let source = first + (row * width + leftmost) * channels;
    for (let x = left; x < rest; x++) {
      for (let c = 0; c < channels; c++) into[out++] = table[256 * c + (images[source + c] as number)] as number;
      source += step;
    }
    for (let x = rest; x < width; x++) {
      for (let c = 0; c < channels; c++) into[out++] = table[256 * c] as number;
    }
  }
  if (!cutout) return;
  for (let y = cutout.top; y < cutout.bottom; y++) {
    into.fill(0, start + (y * width + cutout.left) * channels, start + (y * width + cutout.right) * channels);
  }
}
