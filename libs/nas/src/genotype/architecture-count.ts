import type { Choice } from '../spaces/choice.js';
import type { Space } from '../spaces/space.js';
import { choicesByNode } from './random.js';

/**
 * How many architectures a space has, written differently: isomorphic ones count each, as do those
 * that differ in a choice that comes to nothing.
 */
export function architectureCount(space: Space): bigint {
  const counts = space.topology?.kept === 2 ? choicesByNode(space).map(pairs) : space.choices.map(kept);
  return counts.reduce((product, count) => product * count, 1n);
}

/**
 * Ways to keep two different edges of those that enter a node, each as one of its operations other
 * than `none`.
 */
function pairs(entering: readonly Choice[]): bigint {
  const operations = entering.map(({ options }) => BigInt(options.filter((option) => option !== 'none').length));
  return operations.reduce(
    (sum, first, index) => operations.slice(index + 1).reduce((more, second) => more + first * second, sum),
    0n,
  );
}

/** Ways to keep as many options of a choice as it keeps. */
function kept({ options, keeps = 1 }: Choice): bigint {
  let ways = 1n;
  for (let taken = 0; taken < keeps; taken++) ways = (ways * BigInt(options.length - taken)) / BigInt(taken + 1);
  return ways;
}
