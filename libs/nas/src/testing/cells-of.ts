import type { CellBlock, NetworkDescription } from '../network.js';

/** The blocks of a network that are cells, in order. */
export function cellsOf({ blocks }: NetworkDescription): readonly CellBlock[] {
  return blocks.filter((block) => block.kind === 'cell');
}
