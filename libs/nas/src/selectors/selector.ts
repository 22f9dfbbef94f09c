import type { RandomStream } from '@oneshot/engine';
import type { Genotype, GenotypeCell, GenotypeEdge } from '../genotype/genotype.js';
import { canonicalGenotype } from '../genotype/genotype.js';
import { softmaxRow } from '../samplers/rows.js';
import type { SpaceName } from '../spaces/definition.js';
import type { Choice, ChoiceGroup, GroupName, Space } from '../spaces/space.js';

/** Everything a genotype may be read off. */
export interface SelectionInput {
  readonly space: Space;
  /** α by group, row-major `[choices, options]`. */
  readonly alpha: ReadonlyMap<string, Float32Array>;
  /** With edge normalisation: the weights of the edges by group, `[choices]`. Absent: all edges count alike. */
  readonly edgeWeights?: ReadonlyMap<string, Float32Array>;
  /** Used only by selectors that draw. */
  readonly stream: RandomStream;
}

/** How a genotype is read off a trained supernet. */
export interface Selector {
  readonly name: string;
  /** Spaces whose genotypes it can form. */
  readonly spaces: readonly SpaceName[];
  select(input: SelectionInput): Genotype;
}

/** One choice with its row of α and the weight of its edge. */
export interface ScoredChoice {
  readonly choice: Choice;
  readonly row: readonly number[];
  /** 1 without edge normalisation. */
  readonly edgeWeight: number;
}

/** Forms a genotype from a rule for one node, given the choices entering it. */
export function selectPerNode(
  { space, alpha, edgeWeights }: SelectionInput,
  rule: (entering: readonly ScoredChoice[]) => readonly GenotypeEdge[],
): Genotype {
  const cells: Partial<Record<GroupName, GenotypeCell>> = {};
  const { inputs, nodes, concat } = space.topology;
  for (const group of space.groups) {
    const values = alpha.get(group.name);
    if (values === undefined) throw new RangeError(`no architecture parameters for group ${group.name}`);
    const weights = edgeWeights?.get(group.name);
    const scored = group.choices.map((choice) => ({
      choice,
      row: rowOf(values, group, choice),
      edgeWeight: weights?.[choice.row] ?? 1,
    }));
    cells[group.name] = {
      nodes: Array.from({ length: nodes }, (_, index) =>
        rule(scored.filter(({ choice }) => choice.node === index + inputs)),
      ),
      concat,
    };
  }
  return canonicalGenotype({ space: space.name, cells });
}

function rowOf(values: Float32Array, group: ChoiceGroup, choice: Choice): readonly number[] {
  const columns = group.options.length;
  return Array.from(values.subarray(choice.row * columns, (choice.row + 1) * columns));
}

/**
 * Each operation of a choice with its softmax weight times that of the edge (Xu et al. 2020, section 3.3), `none` left out; the first of
 * equals stays first when sorted.
 */
export function scoredOperations({
  choice,
  row,
  edgeWeight,
}: ScoredChoice): readonly (GenotypeEdge & { readonly score: number })[] {
  const scores = softmaxRow(row).map((weight) => weight * edgeWeight);
  return choice.options.flatMap((op, option) =>
    op === 'none' ? [] : [{ op, from: choice.from, score: scores[option] ?? Number.NEGATIVE_INFINITY }],
  );
}

/** Highest score first; stable. */
export function byScore(a: { readonly score: number }, b: { readonly score: number }): number {
  return b.score - a.score;
}
