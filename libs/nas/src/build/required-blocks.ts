import type { Block } from '../network.js';

/** The blocks that the result needs, renumbered, and the new number of the result's. */
export function requiredBlocks(
  blocks: readonly Block[],
  result: number,
): { readonly blocks: readonly Block[]; readonly renumbered: number } {
  const needed = new Set<number>();
  const pending = [result];
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    if (index < 0 || needed.has(index)) continue;
    needed.add(index);
    pending.push(...(blocks[index]?.from ?? []));
  }
  const numbers = new Map([...needed].sort((a, b) => a - b).map((index, position) => [index, position]));
  const renumber = (index: number): number => numbers.get(index) ?? -1;
  return {
    blocks: blocks.flatMap((block, index) => (needed.has(index) ? [{ ...block, from: block.from.map(renumber) }] : [])),
    renumbered: renumber(result),
  };
}
