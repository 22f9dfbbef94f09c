import { ArchitectureDistribution, type OptionWeights } from '../genotype/distribution.js';
import { genotypeIdentity } from '../genotype/genotype.js';
import { choicesByNode } from '../genotype/random.js';
import { genotypeOf, selectionOf } from '../genotype/selection-of.js';
import type { TaskShape } from '../network.js';
import type { Choice } from '../spaces/choice.js';
import type { Space } from '../spaces/space.js';
import { architectureCost, type NetworkCost } from './cost.js';

/** What a network costs, as a sum that is linear in architecture weights. */
export interface LinearCost {
  /** Of an architecture. */
  readonly base: number;
  /** What an option adds to it, by group, row-major `[choices, options]`. */
  readonly added: ReadonlyMap<string, Float32Array>;
}

/** What is counted. */
export type CostMeasure = keyof NetworkCost;

/**
 * The expected cost of architectures of a space, to first order in their weights, as the space
 * builds them for the search.
 *
 * In spaces of cells the operations of edges add up, and it is exact: `base` is the cheapest
 * architecture. Where nodes keep two edges, an edge counts as often as it would be kept if all
 * were alike. Elsewhere options multiply (a kernel with its channels): `base` is the likeliest
 * architecture, and what an option adds is the difference it makes there.
 */
export class ExpectedCost {
  readonly #space: Space;
  readonly #target: TaskShape;
  readonly #measure: CostMeasure;
  /** By the architecture around which each was made: where edges add up, there is one. */
  readonly #known = new Map<string, LinearCost>();

  constructor(space: Space, target: TaskShape, measure: CostMeasure) {
    this.#space = space;
    this.#target = target;
    this.#measure = measure;
  }

  /** @param weights by group, row-major `[choices, options]`: where the cost is linearised */
  at(weights: OptionWeights): LinearCost {
    const adds = this.#space.topology !== undefined;
    // Where edges add up any architecture will do: the table is made once.
    const [exact] = this.#known.values();
    if (adds && exact !== undefined) return exact;
    const distribution = new ArchitectureDistribution(this.#space, adds ? new Map() : weights);
    const [likeliest = []] = distribution.likeliest(1);
    const genotype = distribution.genotype(likeliest);
    const identity = genotypeIdentity(genotype);
    const known = this.#known.get(identity) ?? this.#around(selectionOf(this.#space, genotype), adds);
    this.#known.set(identity, known);
    return known;
  }

  #cost(selection: ReadonlyMap<string, readonly string[]>): number {
    return architectureCost(this.#space, genotypeOf(this.#space, selection), this.#target)[this.#measure];
  }

  #around(reference: ReadonlyMap<string, readonly string[]>, adds: boolean): LinearCost {
    const space = this.#space;
    const whole = this.#cost(reference);
    let base = whole;
    const added = new Map(
      space.groups.map(({ name, choices, options }) => [name, new Float32Array(choices.length * options.length)]),
    );
    for (const entering of adds ? choicesByNode(space) : space.choices.map((choice) => [choice])) {
      const kept = space.topology?.kept === 2 ? 2 : entering.length;
      for (const choice of entering) {
        const { group, row, options } = choice;
        const costs = options.map((option) =>
          space.topology?.kept === 2 && option === 'none'
            ? Number.NaN
            : this.#cost(withOption(reference, entering, choice, option)),
        );
        const cheapest = Math.min(...costs.filter((cost) => !Number.isNaN(cost)));
        const from = adds ? cheapest : whole;
        const share = Math.min(1, kept / entering.length);
        costs.forEach((cost, index) => {
          const table = added.get(group);
          // `none` is not kept where nodes keep two edges: it costs what the cheapest does.
          if (table !== undefined) table[row * options.length + index] = Number.isNaN(cost) ? 0 : share * (cost - from);
        });
        const own = costs[options.indexOf(reference.get(choice.id)?.[0] ?? '')];
        if (adds && own !== undefined && !Number.isNaN(own)) base -= own - cheapest;
      }
    }
    return { base, added };
  }
}

/**
 * An architecture with one option decided otherwise; an edge that is not kept takes another's
 * place.
 */
function withOption(
  reference: ReadonlyMap<string, readonly string[]>,
  entering: readonly Choice[],
  choice: Choice,
  option: string,
): ReadonlyMap<string, readonly string[]> {
  const before = reference.get(choice.id) ?? [];
  const changed = new Map(reference);
  const others = before.filter((other) => other !== option);
  changed.set(choice.id, before.length > 1 ? [option, ...others.slice(0, before.length - 1)] : [option]);
  if (before.length === 0) {
    const replaced = entering.find(({ id }) => id !== choice.id && (reference.get(id) ?? []).length > 0);
    if (replaced !== undefined) changed.set(replaced.id, []);
  }
  return changed;
}
