import { pad, reshape, slice } from '@tensorflow/tfjs-core';
import { shape4 } from '../kernels/shape.js';
import type { Tensor } from '../tensor/tensor.js';

interface Sides {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

/**
 * The image with its padding made explicit, since TensorFlow's gradients know no explicit padding.
 */
export function padded(x: Tensor, { top, bottom, left, right }: Sides, value = 0): Tensor {
  if (top + bottom + left + right === 0) return x;
  return pad(
    x,
    [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ],
    value,
  );
}

/** The image without its padding. */
export function unpadded(x: Tensor, { top, left }: Sides, height: number, width: number): Tensor {
  const [batch, , , channels] = shape4(x);
  return slice(x, [0, top, left, 0], [batch, height, width, channels]);
}

/**
 * `[kh, kw, ...rest]` with `dilation − 1` zeros between its taps: TensorFlow differentiates no
 * dilation on a CPU.
 */
export function dilated(kernel: Tensor, dilation: number): Tensor {
  if (dilation === 1) return kernel;
  const [height = 1, width = 1, ...rest] = kernel.shape;
  const none: [number, number][] = rest.map(() => [0, 0]);
  const gap: [number, number] = [0, dilation - 1];
  const spread = pad(reshape(kernel, [height, 1, width, 1, ...rest]), [[0, 0], gap, [0, 0], gap, ...none]);
  const whole = reshape(spread, [height * dilation, width * dilation, ...rest]);
  return slice(
    whole,
    whole.shape.map(() => 0),
    [dilation * (height - 1) + 1, dilation * (width - 1) + 1, ...rest],
  );
}

/** The taps of a dilated kernel `[kh, kw, ...rest]`: undoes `dilated`. */
export function undilated(kernel: Tensor, dilation: number, height: number, width: number): Tensor {
  if (dilation === 1) return kernel;
  const rest = kernel.shape.slice(2);
  const none: [number, number][] = rest.map(() => [0, 0]);
  const whole = pad(kernel, [[0, dilation - 1], [0, dilation - 1], ...none]);
  const spread = reshape(whole, [height, dilation, width, dilation, ...rest]);
  const taps = slice(
    spread,
    spread.shape.map(() => 0),
    [height, 1, width, 1, ...rest],
  );
  return reshape(taps, [height, width, ...rest]);
}

/** Height or width of a dilated kernel. */
export const extent = (size: number, dilation: number): number => dilation * (size - 1) + 1;
