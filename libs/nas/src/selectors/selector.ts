import type { RandomStream } from '@oneshot/engine';
import type { Genotype, GenotypeEdge } from '../genotype/genotype.js';
import { genotypeOf } from '../genotype/selection-of.js';
import { softmaxRow } from '../samplers/rows.js';
import type { LearnedTopology } from '../samplers/sampler.js';
import type { Choice } from '../spaces/choice.js';
import type { Space } from '../spaces/space.js';

/** Everything a genotype may be read off. */
export interface SelectionInput {
  readonly space: Space;
  /** α by group, row-major `[choices, options]`. */
  readonly alpha: ReadonlyMap<string, Float32Array>;
  /**
   * With edge normalisation: the weights of the edges by group, `[choices]`. Absent: all edges
   * count alike.
   */
  readonly edgeWeights?: ReadonlyMap<string, Float32Array>;
  /** With a sampler that draws edges: per node the sets of them it may keep. */
  readonly edgeSets?: LearnedTopology['nodes'];
  /** Used only by selectors that draw. */
  readonly stream: RandomStream;
}

/** One choice with its row of α and the weight of its edge. */
export interface ScoredChoice {
  readonly choice: Choice;
  readonly row: readonly number[];
  /** 1 without edge normalisation. */
  readonly edgeWeight: number;
}

/**
 * Every choice with what was learned of it, in the order of the space. Throws RangeError where a
 * group has no α.
 */
export function scoredChoices({ space, alpha, edgeWeights }: SelectionInput): readonly ScoredChoice[] {
  return space.choices.map((choice) => {
    const values = alpha.get(choice.group);
    if (values === undefined) throw new RangeError(`no architecture parameters for group ${choice.group}`);
    const columns = choice.options.length;
    return {
      choice,
      row: Array.from(values.subarray(choice.row * columns, (choice.row + 1) * columns)),
      edgeWeight: edgeWeights?.get(choice.group)?.[choice.row] ?? 1,
    };
  });
}

/** Whether architectures of a space keep two edges per node. */
export function keepsTwoEdges(space: Space): boolean {
  return space.topology?.kept === 2;
}

/**
 * Forms an architecture from a rule for one node, given the choices entering it; edges the rule
 * leaves out are gone.
 */
export function selectPerNode(
  input: SelectionInput,
  rule: (entering: readonly ScoredChoice[]) => readonly GenotypeEdge[],
): Genotype {
  const selection = new Map<string, readonly string[]>();
  for (const entering of byNode(scoredChoices(input))) {
    const kept = rule(entering);
    for (const { choice } of entering) {
      selection.set(
        choice.id,
        kept.filter(({ from }) => from === choice.site?.from).map(({ op }) => op),
      );
    }
  }
  return genotypeOf(input.space, selection);
}

/**
 * Forms an architecture from sets of edges that lead to a node together: of each node the best set,
 * and on each of its edges the likeliest operation other than `none`.
 *
 * @param rate a set by its weight, and the probabilities of the operations that it would keep
 */
export function selectEdgeSets(
  input: SelectionInput,
  rate: (weight: number, probabilities: readonly number[]) => number,
): Genotype {
  if (input.edgeSets === undefined) throw new RangeError('nothing was learned of sets of edges');
  const best = new Map(
    scoredChoices(input).map((scored) => {
      const operations = scoredOperations({ ...scored, edgeWeight: 1 }, operationProbabilities(scored.choice));
      return [scored.choice.id, [...operations].sort(byScore)[0]] as const;
    }),
  );
  const selection = new Map<string, readonly string[]>(input.space.choices.map(({ id }) => [id, []]));
  for (const sets of input.edgeSets) {
    const rated = sets.map(({ edges, weight }) => ({
      edges,
      score: rate(
        weight,
        edges.map(({ id }) => best.get(id)?.score ?? 0),
      ),
    }));
    const [first] = rated.sort(byScore);
    for (const { id } of first?.edges ?? [])
      selection.set(id, best.get(id) === undefined ? [] : [best.get(id)?.op ?? '']);
  }
  return genotypeOf(input.space, selection);
}

/** The softmax over the options of a choice other than `none`. */
function operationProbabilities({ options }: Choice): (row: readonly number[]) => readonly number[] {
  return (row) =>
    softmaxRow(row.map((value, option) => (options[option] === 'none' ? Number.NEGATIVE_INFINITY : value)));
}

/** Per node the two edges whose strongest operation other than `none` weighs most. */
export function selectTwoEdges(input: SelectionInput, weigh?: (row: readonly number[]) => readonly number[]): Genotype {
  return selectPerNode(input, (entering) =>
    entering
      .flatMap((scored) => [...scoredOperations(scored, weigh)].sort(byScore).slice(0, 1))
      .sort(byScore)
      .slice(0, 2)
      .map(({ op, from }) => ({ op, from })),
  );
}

/** Choices that lead to the same node of the same cell, together. */
function byNode(scored: readonly ScoredChoice[]): readonly (readonly ScoredChoice[])[] {
  const nodes = new Map<string, ScoredChoice[]>();
  for (const each of scored) {
    const node = each.choice.id.slice(0, each.choice.id.lastIndexOf('.'));
    nodes.set(node, [...(nodes.get(node) ?? []), each]);
  }
  return [...nodes.values()];
}

/**
 * Each operation of a choice with its weight times that of the edge (Xu et al. 2020, section 3.3),
 * `none` left out; the first of equals stays first when sorted.
 *
 * @param weigh the weights of a row of α; default its softmax
 */
export function scoredOperations(
  { choice, row, edgeWeight }: ScoredChoice,
  weigh: (row: readonly number[]) => readonly number[] = softmaxRow,
): readonly (GenotypeEdge & { readonly score: number })[] {
  const scores = weigh(row).map((weight) => weight * edgeWeight);
  const from = choice.site?.from ?? 0;
  return choice.options.flatMap((op, option) =>
    op === 'none' ? [] : [{ op, from, score: scores[option] ?? Number.NEGATIVE_INFINITY }],
  );
}

/** Highest score first; stable. */
export function byScore(a: { readonly score: number }, b: { readonly score: number }): number {
  return b.score - a.score;
}
