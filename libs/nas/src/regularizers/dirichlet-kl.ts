import { read } from '@oneshot/engine';
import { z } from 'zod';
import { concentration } from '../samplers/dirichlet.js';
import { mapRows } from '../samplers/rows.js';
import { defineRegularizer } from './registry.js';
import type { Penalty, PenaltyInput } from './regularizer.js';
import { digamma, logGamma, trigamma } from './special-functions.js';

defineRegularizer({
  name: 'dirichlet_kl',
  summary: 'adds the KL divergence of the Dirichlet from Dirichlet(1) to the loss of α',
  source: 'Chen et al. 2021, section 2.3',
  options: {
    /** Of the summed divergence. Default 1e-3. */
    scale: z.number().min(0).default(1e-3),
  },
  exclusions: (_, { sampler }) =>
    sampler.name === 'dirichlet'
      ? []
      : [{ path: 'regularizer.name', message: `dirichlet_kl needs the sampler dirichlet; found ${sampler.name}` }],
  create: ({ scale }) => ({ penalty: (input) => scaled(input, scale) }),
});

function scaled({ groups, alpha }: PenaltyInput, scale: number): Penalty {
  let total = 0;
  const gradients = groups.map(({ name, options }, index) => {
    const values = alpha[index];
    const { value, gradient } = dirichletKl(values === undefined ? [] : read(values.value), options.length);
    total += value * scale;
    return [name, gradient.map((slope) => slope * scale)] as const;
  });
  return { value: total, gradients: new Map(gradients) };
}

/** The divergence of one table of α, and its gradient in α's layout. */
export interface Divergence {
  readonly value: number;
  readonly gradient: Float32Array;
}

/**
 * Σ over choices of KL(Dirichlet(elu(α) + 1) ‖ Dirichlet(1)) (Chen et al. 2021, section 2.3), with
 * a = elu(α) + 1, a₀ = Σ a, K options: ln Γ(a₀) − Σ ln Γ(aᵢ) − ln Γ(K) + Σ (aᵢ − 1)(ψ(aᵢ) − ψ(a₀)).
 * In double precision.
 */
export function dirichletKl(alpha: ArrayLike<number>, options: number): Divergence {
  let value = 0;
  const gradient = mapRows(alpha, options, (row) => {
    const a = row.map(concentration);
    const total = a.reduce((sum, part) => sum + part, 0);
    const excess = total - options;
    value += logGamma(total) - logGamma(options);
    for (const part of a) value += (part - 1) * (digamma(part) - digamma(total)) - logGamma(part);
    const common = trigamma(total) * excess;
    // d(elu(α) + 1)/dα is 1 for α > 0 and exp(α), the concentration itself, below.
    return a.map((part, index) => ((part - 1) * trigamma(part) - common) * ((row[index] ?? 0) > 0 ? 1 : part));
  });
  return { value, gradient };
}
