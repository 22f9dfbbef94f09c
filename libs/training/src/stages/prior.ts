import { type Genotype, hardWeights, type Sampler, type Space, selectionOf } from '@oneshot/nas';

/** A distribution over architectures that a run is given instead of learning one. */
export interface ArchitecturePrior {
  /** The architecture on which a number of [0, 1) falls; uniform numbers give the distribution. */
  draw(uniform: number): Genotype;
  /**
   * Probability of each option under the distribution, by group, row-major `[choices, options]`.
   */
  marginals(space: Space): ReadonlyMap<string, Float32Array>;
}

/** Trains one whole architecture per step, drawn from the prior; α does not learn. */
export function priorSampler(space: Space, prior: ArchitecturePrior): Sampler {
  const marginals = prior.marginals(space);
  return {
    differentiable: false,
    singlePath: true,
    draw(groups, _, { stream }) {
      // All groups belong to one architecture, hence to one number.
      const [uniform = 0] = stream('prior', 0).uniform(1);
      const active = selectionOf(space, prior.draw(uniform));
      return { weights: hardWeights(groups, active), active, bare: false };
    },
    expectation: ({ name }, alpha) => marginals.get(name) ?? new Float32Array(alpha.length),
  };
}
