import type { PoolAttributes } from '../kernels/attributes.js';
import type { ConvolutionGeometry } from './addon.js';
import { geometry } from './geometry.js';

/** A pooling window over `x [batch, height, width, channels]`. */
export function poolGeometry(
  [batch, height, width, channels]: readonly [number, number, number, number],
  { size, stride, padding }: PoolAttributes,
): ConvolutionGeometry {
  return geometry(
    { batch, input: [height, width], kernel: [size, size], channelsIn: channels, channelsOut: channels },
    { stride, dilation: 1, top: padding, bottom: padding, left: padding, right: padding },
  );
}
