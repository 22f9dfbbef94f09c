import type { RandomStream } from '@oneshot/engine';
import type { Selection } from '../build/selection.js';
import type { Choice } from '../spaces/choice.js';
import type { Space } from '../spaces/space.js';
import type { Genotype } from './genotype.js';
import { cellOf, genotypeOf } from './selection-of.js';

/**
 * A genotype drawn uniformly: each option of every choice; where two edges are kept per node, two
 * different inputs and for each an operation other than `none`. A pure function of the stream.
 */
export function randomGenotype(space: Space, stream: RandomStream): Genotype {
  return genotypeOf(space, randomSelection(space, stream));
}

/** What a genotype drawn uniformly keeps at every choice. */
export function randomSelection(
  space: Pick<Space, 'choices' | 'groups' | 'topology'>,
  stream: RandomStream,
): Selection {
  const most = Math.max(2, ...space.choices.map(({ keeps = 1 }) => keeps));
  const numbers = stream.uniform(most * space.choices.length);
  let next = 0;
  const below = (bound: number): number => Math.min(bound - 1, Math.floor((numbers[next++] ?? 0) * bound));
  const selection = new Map<string, readonly string[]>();
  const draw = (choice: Choice, options: readonly string[]): void => {
    selection.set(choice.id, options.slice(below(options.length)).slice(0, 1));
  };
  if (space.topology?.kept === 2) {
    for (const entering of choicesByNode(space)) {
      const first = below(entering.length);
      const second = (first + 1 + below(entering.length - 1)) % entering.length;
      entering.forEach((choice, position) => {
        if (position !== first && position !== second) selection.set(choice.id, []);
        else
          draw(
            choice,
            choice.options.filter((option) => option !== 'none'),
          );
      });
    }
    return selection;
  }
  for (const choice of space.groups.flatMap(({ choices }) => choices)) {
    if ((choice.keeps ?? 1) === 1) draw(choice, choice.options);
    else selection.set(choice.id, someOf(choice.options, choice.keeps ?? 1, below));
  }
  return selection;
}

/**
 * The choices that lead to the same node of the same cell, together; they need not stand in one
 * table of α.
 */
export function choicesByNode({ choices }: Pick<Space, 'choices'>): readonly (readonly Choice[])[] {
  const nodes = new Map<string, Choice[]>();
  for (const choice of choices) {
    const node = `${cellOf(choice)}.${choice.site?.node}`;
    nodes.set(node, [...(nodes.get(node) ?? []), choice]);
  }
  return [...nodes.values()];
}

/** So many different options, each set of them equally likely, in their own order. */
export function someOf(options: readonly string[], count: number, below: (bound: number) => number): readonly string[] {
  const left = [...options];
  const taken = Array.from({ length: Math.min(count, left.length) }, () => left.splice(below(left.length), 1)[0] ?? '');
  return options.filter((option) => taken.includes(option));
}
