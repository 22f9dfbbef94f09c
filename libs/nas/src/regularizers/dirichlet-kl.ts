import { concentration } from '../samplers/dirichlet.js';
import { mapRows } from '../samplers/rows.js';
import { digamma, logGamma, trigamma } from './special-functions.js';

/** A penalty on α and its gradient. */
export interface Penalty {
  readonly value: number;
  /** In the layout of α, row-major `[choices, options]`. */
  readonly gradient: Float32Array;
}

/**
 * Σ over choices of KL(Dirichlet(elu(α) + 1) ‖ Dirichlet(1)) (Chen et al. 2021, section 2.3), with a = elu(α) + 1, a₀ = Σ a, K options:
 * ln Γ(a₀) − Σ ln Γ(aᵢ) − ln Γ(K) + Σ (aᵢ − 1)(ψ(aᵢ) − ψ(a₀)). In double precision.
 */
export function dirichletKl(alpha: Float32Array, options: number): Penalty {
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
