import { sigmoid } from '@oneshot/engine';
import { defineSampler } from './registry.js';
import { alphaOf, type Sampler } from './sampler.js';

defineSampler({
  name: 'sigmoid',
  summary: 'every option runs, weighted by the sigmoid of its α, whatever the others weigh',
  source: 'Chu et al. 2020, eq. 3',
  create: sigmoidSampler,
});

/** FairDARTS (Chu et al. 2020, eq. 3): weights σ(α), so that options do not compete. */
export function sigmoidSampler(): Sampler {
  return {
    differentiable: true,
    singlePath: false,
    deterministic: true,
    draw: (groups, alpha) => ({
      weights: new Map(groups.map((group) => [group.name, sigmoid(alphaOf(alpha, group))])),
      bare: false,
    }),
    expectation: (_, alpha) => alpha.map(logistic),
  };
}

/** σ(x) = 1 / (1 + e⁻ˣ). */
export function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
