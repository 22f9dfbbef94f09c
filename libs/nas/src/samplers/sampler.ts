import { concat, mul, type RandomStream, reshape, type Tensor, tensor } from '@oneshot/engine';
import type { Selection } from '../build/selection.js';
import type { Mix, PlaceStream } from '../network/network.js';
import type { Choice, ChoiceGroup } from '../spaces/choice.js';
import type { CellTopology } from '../spaces/search-space.js';

/**
 * By group α, each `[choices, options]`, or β, each `[choices]`. A sampler that has β of its own
 * finds it by the name it gave.
 */
export type ArchitectureParameters = ReadonlyMap<string, Tensor>;

/** Where in a run a draw is made. */
export interface DrawContext {
  readonly epoch: number;
  readonly epochs: number;
  /** Of the space, where its choices are the operations of a cell's edges. */
  readonly topology?: CellTopology | undefined;
  /** Which of the step's draws it is, counted from 0. */
  readonly draw: number;
  /** The draw's own stream of one attempt of one group; a pure function of its arguments. */
  readonly stream: (group: string, attempt: number) => RandomStream;
  /** The stream of a group that all draws of the step have in common; a pure function of it. */
  readonly common: (group: string) => RandomStream;
}

/** Parameters that a rule has besides α: β, by name. */
export interface ParameterShape {
  readonly name: string;
  readonly length: number;
}

/** What β has learned of the edges that lead to nodes. */
export interface LearnedTopology {
  /** Probability that an edge is drawn, by group, `[choices]`. */
  readonly edgeWeights: ReadonlyMap<string, Float32Array>;
  /** Per node the sets of edges it may keep. */
  readonly nodes: readonly (readonly EdgeSet[])[];
}

/** Edges that lead to the same node, which are drawn together. */
export interface EdgeSet {
  readonly edges: readonly Choice[];
  /** p(e₁; β) · p(e₂; β) (Wang et al. 2023, eq. 9), or of pairs their own probability. */
  readonly weight: number;
}

/** What runs in one forward pass. */
export interface Draw {
  /** Architecture weights by group, each `[choices, options]`; differentiable in α. */
  readonly weights: ArchitectureParameters;
  /** Only these options run; absent: all do. */
  readonly active?: Selection;
  /**
   * With `active`: what does not run adds its bare coefficient, so that a gradient reaches its α.
   */
  readonly bare: boolean;
  /**
   * With edge normalisation: weights of the edges by group, each `[choices]`; differentiable in β.
   */
  readonly edgeWeights?: ArchitectureParameters;
  /** Coefficients of the network that belong to no choice, by group. Absent: it has none. */
  readonly coefficients?: ReadonlyMap<string, number>;
  /** What operations draw from in this pass, such as dropout. Absent: nothing is drawn. */
  readonly stream?: PlaceStream;
}

/**
 * Turns architecture parameters into architecture weights. Sees choices, never layers. A draw is a
 * pure function of α, epoch and random numbers: it is made again within a step, so a sampler
 * remembers nothing.
 */
export interface Sampler {
  /** Whether α learns from the draws. */
  readonly differentiable: boolean;
  /**
   * Whether one option per choice runs, so that sizes of elastic operations share their weights.
   */
  readonly singlePath: boolean;
  /** Where one α gives the same draw every time. Default: draws differ. */
  readonly deterministic?: true;
  /**
   * Sub-networks of a step, where the rule itself says how many. Default: the profile's `draws`.
   */
  draws?(groups: readonly ChoiceGroup[]): number;
  /** Parameters of its own besides α, which learn as α does. Default: none. */
  parameters?(groups: readonly ChoiceGroup[]): readonly ParameterShape[];
  /** What those parameters have learned of the edges. Default: nothing. */
  topology?(groups: readonly ChoiceGroup[], beta: ReadonlyMap<string, Float32Array>): LearnedTopology;
  draw(groups: readonly ChoiceGroup[], alpha: ArchitectureParameters, context: DrawContext): Draw;
  /**
   * The weights a draw has on average (or, for a hard draw, the probabilities), for histories.
   * Row-major `[choices, options]`.
   */
  expectation(group: ChoiceGroup, alpha: Float32Array): Float32Array;
  /** A temperature, if the method has one. */
  temperature?(epoch: number, epochs: number): number;
}

/**
 * The coefficients a network takes, laid out flat: architecture weights `[choices, options]`; with
 * edge normalisation each row times its edge's weight, and that weight after it.
 */
export function mixOf({ weights: drawn, edgeWeights, coefficients }: Draw): Mix {
  const ofChoices = [...drawn].map(([group, weights]): readonly [string, Tensor] => {
    const edges = edgeWeights?.get(group);
    if (edges === undefined) return [group, reshape(weights, [-1])];
    const column = reshape(edges, [edges.size, 1]);
    return [group, reshape(concat([mul(weights, column), column], 1), [-1])];
  });
  const others = [...(coefficients ?? [])].map(
    ([group, value]) => [group, tensor(Float32Array.of(value), [1])] as const,
  );
  return new Map([...ofChoices, ...others]);
}

/** Sub-networks that a step draws. */
export function drawsPerStep(sampler: Sampler, groups: readonly ChoiceGroup[], draws = 1): number {
  return sampler.draws?.(groups) ?? draws;
}

/** α or β of one group. Throws RangeError if the group has none. */
export function alphaOf(alpha: ArchitectureParameters, group: ChoiceGroup): Tensor {
  const values = alpha.get(group.name);
  if (values === undefined) throw new RangeError(`no architecture parameters for group ${group.name}`);
  return values;
}

/**
 * Architecture weights of a single architecture: 1 for every option that is kept, by group
 * `[choices, options]`.
 */
export function hardWeights(groups: readonly ChoiceGroup[], kept: Selection): ReadonlyMap<string, Tensor> {
  return new Map(
    groups.map(({ name, choices, options }) => {
      const hard = new Float32Array(choices.length * options.length);
      for (const { id, row, options: own } of choices) {
        for (const option of kept.get(id) ?? []) hard[row * options.length + own.indexOf(option)] = 1;
      }
      return [name, tensor(hard, [choices.length, options.length])] as const;
    }),
  );
}
