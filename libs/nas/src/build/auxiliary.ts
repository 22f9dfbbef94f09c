import type { StateShape } from '@oneshot/engine';
import { NasError } from '../errors.js';
import { blockShape } from '../network/block-shape.js';
import type { NetworkDescription } from '../network.js';

/**
 * Pooling of the auxiliary head, and the channels of its two convolutions (Liu et al. 2019, code).
 */
export const AUXILIARY = { poolSize: 5, poolStride: 3, narrow: 128, wide: 768 } as const;

/** Height and width after the head's pooling. */
export function auxiliaryMap({ height, width }: StateShape): { readonly height: number; readonly width: number } {
  const pooled = (size: number) => Math.floor((size - AUXILIARY.poolSize) / AUXILIARY.poolStride) + 1;
  return { height: pooled(height), width: pooled(width) };
}

/**
 * The block an auxiliary head reads: the one at two thirds of the depth. Its map must hold one 5×5
 * window: 32×32 and 28×28 images do; the last convolution takes whatever the pooling leaves. Throws
 * NasError `invalid_image` otherwise.
 */
export function auxiliarySource(network: NetworkDescription): number {
  const layers = network.blocks.length - 1;
  const from = 1 + Math.floor((2 * layers) / 3);
  const block = network.blocks[from];
  if (block === undefined || from === network.blocks.length - 1) {
    throw new NasError('invalid_network', [
      { path: 'auxiliary', message: `found ${layers} layers; an auxiliary head needs at least 4` },
    ]);
  }
  const { height, width } = blockShape(network, from);
  if (Math.min(height, width) < AUXILIARY.poolSize) {
    const message = `found a map of ${height}×${width} at two thirds of the depth; an auxiliary head needs at least 5×5: use larger images or leave it out`;
    throw new NasError('invalid_image', [{ path: 'auxiliary', message }]);
  }
  return from;
}
