import { outputShape, type StateShape } from '@oneshot/engine';
import { mapShape, shapeOf, type ValueShape } from '../build/value.js';
import type { Block, NetworkDescription } from '../network.js';

/** Shape of what a block gives, the batch left out. */
export function valueShape(block: Block): ValueShape {
  return block.kind === 'cell' ? shapeOf(outputShape(block.schedule)) : block.shape;
}

/** The feature map a block gives, by index; -1 is the input. */
export function blockShape({ blocks, input }: Pick<NetworkDescription, 'blocks' | 'input'>, index: number): StateShape {
  const block = blocks[index];
  return block === undefined ? input : mapShape(valueShape(block));
}
