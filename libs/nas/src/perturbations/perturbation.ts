import type { RandomStream } from '@oneshot/engine';
import type { ChoiceGroup } from '../spaces/choice.js';

/** Architecture weights by group, each row-major `[choices, options]`. */
export type WeightsByGroup = ReadonlyMap<string, Float32Array>;

/** What a perturbation sees of one step of the network's weights. */
export interface PerturbationInput {
  readonly groups: readonly ChoiceGroup[];
  /** As the sampler drew them. */
  readonly weights: WeightsByGroup;
  readonly epoch: number;
  readonly epochs: number;
  /** The stream of a group; a pure function of it. */
  readonly stream: (group: string) => RandomStream;
  /**
   * The loss on the step's training batch under given weights, norms by their running statistics,
   * and its gradients in them.
   */
  readonly lossUnder: (weights: WeightsByGroup) => { readonly loss: number; readonly gradients: WeightsByGroup };
}

/**
 * Moves the architecture weights under which the network's weights learn; α learns under those that
 * were drawn. A pure function of what it sees: it remembers nothing.
 */
export interface Perturbation {
  perturb(input: PerturbationInput): WeightsByGroup;
}
