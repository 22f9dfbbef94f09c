import type { Builder } from '../build/builder.js';
import type { Value } from '../build/value.js';

/**
 * An inverted residual block of MobileNetV3 (Howard et al. 2019, figure 4; Cai et al. 2020, code).
 */
export interface MobileBlock {
  /** Kernel of the depthwise convolution. */
  readonly size: number;
  readonly stride: 1 | 2;
  /** Channels between expansion and projection. */
  readonly middle: number;
  readonly channels: number;
  readonly activation: 'relu' | 'hard_swish';
  readonly squeezeExcite: boolean;
  /**
   * Whether a 1×1 convolution leads to the middle; the first block of a network has none. Default
   * true.
   */
  readonly expand?: boolean;
}

/**
 * Expansion, depthwise convolution, squeeze-and-excitation, projection; added to what came in where
 * the shapes allow.
 */
export function mobileBlock(builder: Builder, from: Value, block: MobileBlock): Value {
  const { size, stride, middle, channels, activation, squeezeExcite, expand = true } = block;
  let last = from;
  if (expand) {
    last = builder.apply('convolution', last, { size: 1, channels: middle }, 'expand');
    last = builder.apply('batch_norm', last, { activation }, 'expand.norm');
  }
  last = builder.apply('depthwise_convolution', last, { size, stride }, 'depthwise');
  last = builder.apply('batch_norm', last, { activation }, 'depthwise.norm');
  if (squeezeExcite) {
    last = builder.apply('squeeze_excite', last, { squeeze: divisible(middle / 4) }, 'squeeze');
  }
  last = builder.apply('convolution', last, { size: 1, channels }, 'project');
  last = builder.apply('batch_norm', last, {}, 'project.norm');
  const residual = stride === 1 && from.shape.at(-1) === channels;
  return residual ? builder.add([from, last]) : last;
}

/**
 * A number of channels as a multiple of 8, never more than a tenth below (Sandler et al. 2018,
 * code).
 */
export function divisible(channels: number): number {
  const rounded = Math.max(8, Math.floor((channels + 4) / 8) * 8);
  return rounded < 0.9 * channels ? rounded + 8 : rounded;
}
