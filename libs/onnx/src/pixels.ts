import type { ImageShape } from '@oneshot/data';

/** Raw pixels `[count, height, width, channels]` as the float32 `[count, channels, height, width]` that models take. */
export function toPlanar(pixels: Uint8Array, { height, width, channels }: ImageShape): Float32Array {
  const planar = new Float32Array(pixels.length);
  const area = height * width;
  const size = area * channels;
  for (let start = 0; start < pixels.length; start += size) {
    for (let p = 0; p < area; p++) {
      for (let c = 0; c < channels; c++) planar[start + c * area + p] = pixels[start + p * channels + c] as number;
    }
  }
  return planar;
}
