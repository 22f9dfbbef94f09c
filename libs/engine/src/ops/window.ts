import { invalidArgument } from '../errors.js';
import { type WindowAttributes, windowCount } from '../kernels/attributes.js';

/** Zeros around the image: the same on every side, or `[[top, bottom], [left, right]]`. */
export type Padding = number | readonly [readonly [number, number], readonly [number, number]];

export interface WindowOptions {
  /** Default 1. */
  readonly stride?: number;
  /** Default 0. */
  readonly padding?: Padding;
  /** Default 1. */
  readonly dilation?: number;
}

function whole(path: string, value: number, minimum: number): number {
  if (!Number.isInteger(value) || value < minimum) {
    invalidArgument(path, `expected a whole number of at least ${minimum}, found ${value}`);
  }
  return value;
}

/**
 * Checks the options against the image and the kernel `[height, width]`, and spells them out for
 * the kernels.
 */
export function windowAttributes(
  { stride = 1, padding = 0, dilation = 1 }: WindowOptions,
  image: readonly [number, number],
  kernel: readonly [number, number],
): WindowAttributes {
  const [[top, bottom], [left, right]] =
    typeof padding === 'number'
      ? ([
          [padding, padding],
          [padding, padding],
        ] as const)
      : padding;
  const attributes = {
    stride: whole('stride', stride, 1),
    dilation: whole('dilation', dilation, 1),
    top: whole('padding', top, 0),
    bottom: whole('padding', bottom, 0),
    left: whole('padding', left, 0),
    right: whole('padding', right, 0),
  };
  const rows = windowCount(image[0], kernel[0], attributes, top, bottom);
  const columns = windowCount(image[1], kernel[1], attributes, left, right);
  if (rows < 1 || columns < 1) {
    invalidArgument('x', `an image of ${image.join('×')} is smaller than the kernel of ${kernel.join('×')}`);
  }
  return attributes;
}
