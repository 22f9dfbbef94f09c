import { type WindowAttributes, windowCount } from '../kernels/attributes.js';
import type { ConvolutionGeometry } from './addon.js';

export interface GeometryParts {
  readonly batch: number;
  /** Height and width. */
  readonly input: readonly [number, number];
  readonly kernel: readonly [number, number];
  readonly channelsIn: number;
  readonly channelsOut: number;
}

/** A sliding window as the addon describes it. */
export function geometry(
  { batch, input, kernel, channelsIn, channelsOut }: GeometryParts,
  window: WindowAttributes,
): ConvolutionGeometry {
  const { stride, dilation, top, bottom, left, right } = window;
  return {
    batch,
    height: input[0],
    width: input[1],
    inChannels: channelsIn,
    outHeight: windowCount(input[0], kernel[0], window, top, bottom),
    outWidth: windowCount(input[1], kernel[1], window, left, right),
    outChannels: channelsOut,
    kernelHeight: kernel[0],
    kernelWidth: kernel[1],
    strideHeight: stride,
    strideWidth: stride,
    dilationHeight: dilation,
    dilationWidth: dilation,
    padTop: top,
    padLeft: left,
  };
}
