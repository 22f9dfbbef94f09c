import type { ImageShape } from '@oneshot/data';
import { OnnxError } from './error.js';
import { inputConvention } from './metadata.js';

/**
 * What a model takes for pixels: raw values 0 to 255 or fractions 0 to 1, then minus `mean` and
 * over `std`, one of each per channel.
 */
export interface PixelConvention {
  readonly range: 'raw' | 'unit';
  /** In units of the range. Default 0. */
  readonly mean?: readonly number[];
  /** In units of the range. Default 1. */
  readonly std?: readonly number[];
}

/** Order of an input's dimensions behind the batch. */
export type PixelLayout = 'channels-first' | 'channels-last';

/** Pixels as they are: what exported models of this library take, which normalise inside. */
const rawPixels: PixelConvention = { range: 'raw' };

/**
 * What a file says of itself. Throws OnnxError `unknown_pixel_range`, naming `field`, where it says
 * nothing, with what to do.
 */
export function pixelConvention(properties: ReadonlyMap<string, string>, field: string): PixelConvention {
  const said = properties.get('oneshot.input');
  if (said === inputConvention) return rawPixels;
  const found = said === undefined ? 'nothing about the pixels it takes' : `oneshot.input "${said}"`;
  const ways = '--pixels raw for values from 0 to 255, or --pixels unit for values from 0 to 1';
  const normalised = 'with --mean and --std by channel if its training subtracted and divided by any';
  throw new OnnxError('unknown_pixel_range', field, found, `${ways}; ${normalised}`);
}

/**
 * Throws OnnxError `invalid_pixels` for a mean or a deviation that is not one number for each
 * channel.
 */
export function checkPixels({ mean, std }: PixelConvention, channels: number): void {
  for (const [field, values] of Object.entries({ mean, std })) {
    if (values === undefined || values.length === channels) continue;
    const found = `${values.length} value${values.length === 1 ? '' : 's'}`;
    throw new OnnxError('invalid_pixels', field, found, `${channels}, one for each channel of the images`);
  }
}

/**
 * Raw pixels `[count, height, width, channels]` as the float32 values that a model takes, in its
 * layout.
 */
export function toInput(
  pixels: Uint8Array,
  { height, width, channels }: ImageShape,
  layout: PixelLayout,
  { range, mean, std }: PixelConvention = rawPixels,
): Float32Array {
  const input = new Float32Array(pixels.length);
  const area = height * width;
  const size = area * channels;
  const unit = range === 'unit' ? 255 : 1;
  const [pixelStep, channelStep] = layout === 'channels-first' ? [1, area] : [channels, 1];
  for (let c = 0; c < channels; c++) {
    const offset = mean?.[c] ?? 0;
    const scale = std?.[c] ?? 1;
    for (let start = 0; start < pixels.length; start += size) {
      for (let p = 0; p < area; p++) {
        const value = (pixels[start + p * channels + c] as number) / unit;
        input[start + p * pixelStep + c * channelStep] = (value - offset) / scale;
      }
    }
  }
  return input;
}
