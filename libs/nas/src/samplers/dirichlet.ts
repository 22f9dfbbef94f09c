import { add, dirichlet, elu } from '@oneshot/engine';
import { z } from 'zod';
import type { OptionsOf } from '../parts/parts.js';
import { defineSampler } from './registry.js';
import { mapRows } from './rows.js';
import { alphaOf, type Sampler } from './sampler.js';

const options = {
  /**
   * The path along which the draw moves with its concentrations; the weights are the same, and both
   * gradients unbiased. `beta`: each weight along its own marginal, as PyTorch does and with it the
   * authors' code; at concentrations well below 1 it varies less. Default: the gamma samples that
   * are normalised, which recorded runs have.
   */
  path: z.literal('beta').optional(),
};

defineSampler({
  name: 'dirichlet',
  summary: 'one draw from Dirichlet(elu(α) + 1) per choice, through which α learns; every option runs',
  source: 'Chen et al. 2021, section 2.2',
  options,
  create: dirichletSampler,
});

/**
 * Concentration of a Dirichlet from α: elu(α) + 1, always positive (Chen et al. 2021, section 2.2).
 */
export function concentration(alpha: number): number {
  return alpha > 0 ? alpha + 1 : Math.exp(alpha);
}

/** Mean of a Dirichlet from its row of α. */
export function dirichletMean(row: readonly number[]): readonly number[] {
  const concentrations = row.map(concentration);
  const sum = concentrations.reduce((total, value) => total + value, 0);
  return concentrations.map((value) => value / sum);
}

/**
 * DrNAS (Chen et al. 2021): per choice one draw from Dirichlet(elu(α) + 1), reparameterised so that
 * α learns through it; every option runs, weighted by the draw.
 */
export function dirichletSampler({ path }: OptionsOf<typeof options> = {}): Sampler {
  return {
    differentiable: true,
    singlePath: false,
    draw: (groups, alpha, { stream }) => ({
      weights: new Map(
        groups.map((group) => [group.name, dirichlet(add(elu(alphaOf(alpha, group)), 1), stream(group.name, 0), path)]),
      ),
      bare: false,
    }),
    expectation: (group, alpha) => mapRows(alpha, group.options.length, dirichletMean),
  };
}
