import type { Choice } from '../spaces/choice.js';
import type { Space } from '../spaces/space.js';
import type { Genotype } from './genotype.js';
import { choicesByNode } from './random.js';
import { genotypeOf } from './selection-of.js';

/**
 * What an architecture keeps where it decides once: an option at a choice, or a node's two edges.
 */
interface Alternative {
  /** Options kept, by choice; an edge that is gone keeps none. */
  readonly kept: readonly (readonly [string, readonly string[]])[];
  /** Of the decision's alternatives; they add up to 1. */
  readonly probability: number;
}

/** One alternative of every decision, by its number. */
export type Picks = readonly number[];

/** Weights of the options of choices, by group, row-major `[choices, options]`; not negative. */
export type OptionWeights = ReadonlyMap<string, ArrayLike<number>>;

/**
 * Independent decisions over the architectures of a space, each of which keeps what it keeps with a
 * probability proportional to the product of its weights: one option of a choice; as many
 * different ones as a choice keeps; or, where nodes keep two edges, two different edges with an
 * operation other than `none` on each.
 */
export class ArchitectureDistribution {
  readonly #space: Space;
  readonly #decisions: readonly (readonly Alternative[])[];

  /**
   * @param weights what a sampler makes of α, say
   * @param edgeWeights with edge normalisation, those of the edges, by group, `[choices]`
   */
  constructor(space: Space, weights: OptionWeights, edgeWeights?: OptionWeights) {
    this.#space = space;
    const weighted = (choice: Choice): readonly Weighted[] => {
      const edge = edgeWeights?.get(choice.group)?.[choice.row] ?? 1;
      const first = choice.row * choice.options.length;
      return choice.options.map((option, index) => ({
        choice: choice.id,
        option,
        weight: (weights.get(choice.group)?.[first + index] ?? 0) * edge,
      }));
    };
    this.#decisions =
      space.topology?.kept === 2
        ? choicesByNode(space).map((entering) => normalised(edgePairs(entering.map(weighted))))
        : space.groups
            .flatMap(({ choices }) => choices)
            .map((choice) => normalised(subsets(weighted(choice), choice.keeps ?? 1)));
  }

  /** How many alternatives each decision has. */
  get sizes(): readonly number[] {
    return this.#decisions.map(({ length }) => length);
  }

  /** Per decision the alternative on which a uniform number of [0, 1) falls. */
  draw(uniform: ArrayLike<number>): Picks {
    return this.#decisions.map((alternatives, decision) => {
      let left = uniform[decision] ?? 0;
      for (const [index, { probability }] of alternatives.entries()) {
        left -= probability;
        if (left < 0) return index;
      }
      // Rounding may leave a little: the last one that can be drawn takes it.
      return Math.max(
        0,
        alternatives.findLastIndex(({ probability }) => probability > 0),
      );
    });
  }

  /** The likeliest ones, the likeliest first, `count` or all there are; of equals, the first. */
  likeliest(count: number): readonly Picks[] {
    let best: readonly { readonly picks: Picks; readonly logarithm: number }[] = [{ picks: [], logarithm: 0 }];
    for (const alternatives of this.#decisions) {
      const ranked = alternatives
        .map(({ probability }, index) => ({ index, logarithm: Math.log(probability) }))
        .sort(byLogarithm)
        .slice(0, count);
      best = best
        .flatMap(({ picks, logarithm }) =>
          ranked.map((own) => ({ picks: [...picks, own.index], logarithm: logarithm + own.logarithm })),
        )
        .sort(byLogarithm)
        .slice(0, count);
    }
    return best.map(({ picks }) => picks);
  }

  /** The architecture of one alternative per decision. */
  genotype(picks: Picks): Genotype {
    const kept = this.#decisions.flatMap((alternatives, decision) => alternatives[picks[decision] ?? 0]?.kept ?? []);
    return genotypeOf(this.#space, new Map(kept));
  }
}

/** All architectures alike: every option has the same weight. */
export function uniformDistribution(space: Space): ArchitectureDistribution {
  const ones = ({ choices, options }: Space['groups'][number]) =>
    new Float32Array(choices.length * options.length).fill(1);
  return new ArchitectureDistribution(space, new Map(space.groups.map((group) => [group.name, ones(group)])));
}

interface Weighted {
  readonly choice: string;
  readonly option: string;
  readonly weight: number;
}

/** All sets of so many options, in the order of the options. */
function subsets(options: readonly Weighted[], count: number): readonly Alternative[] {
  const grow = (from: number, left: number): readonly (readonly Weighted[])[] =>
    left === 0
      ? [[]]
      : options
          .slice(from)
          .flatMap((option, index) => grow(from + index + 1, left - 1).map((rest) => [option, ...rest]));
  return grow(0, Math.min(count, options.length)).map((set) => ({
    kept: set.slice(0, 1).map(({ choice }) => [choice, set.map(({ option }) => option)]),
    probability: set.reduce((product, { weight }) => product * weight, 1),
  }));
}

/** All pairs of edges into a node, with all pairs of their operations. */
function edgePairs(entering: readonly (readonly Weighted[])[]): readonly Alternative[] {
  const edges = entering.map((options) => options.filter(({ option }) => option !== 'none'));
  return edges.flatMap((first, index) =>
    edges.slice(index + 1).flatMap((second) =>
      first.flatMap((one) =>
        second.map(
          (other): Alternative => ({
            kept: entering.flatMap(([edge]) => {
              if (edge === undefined) return [];
              const operation = [one, other].find(({ choice }) => choice === edge.choice);
              return [[edge.choice, operation === undefined ? [] : [operation.option]] as const];
            }),
            probability: one.weight * other.weight,
          }),
        ),
      ),
    ),
  );
}

/** Probabilities that add up to 1; all alike where every weight is 0. */
function normalised(alternatives: readonly Alternative[]): readonly Alternative[] {
  const total = alternatives.reduce((sum, { probability }) => sum + probability, 0);
  return alternatives.map(({ kept, probability }) => ({
    kept,
    probability: total > 0 ? probability / total : 1 / alternatives.length,
  }));
}

function byLogarithm(a: { readonly logarithm: number }, b: { readonly logarithm: number }): number {
  // The difference of two that are impossible is no number; they are equals.
  return a.logarithm === b.logarithm ? 0 : b.logarithm - a.logarithm;
}
