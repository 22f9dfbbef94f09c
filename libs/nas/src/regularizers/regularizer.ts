import { dirichletKl, type Penalty } from './dirichlet-kl.js';

/** What keeps α in bounds: nothing, L2 as weight decay of its Adam, or a penalty added to the α loss. */
export type RegularizerSpec =
  | { readonly name: 'none' }
  | { readonly name: 'l2'; readonly weightDecay: number }
  | { readonly name: 'dirichlet_kl'; readonly scale: number };

export interface Regularizer {
  /** Weight decay of the architecture optimizer. */
  readonly weightDecay: number;
  /** Penalty on one group's α and its gradient, to be added to the loss; null where there is none. */
  penalty(alpha: Float32Array, options: number): Penalty | null;
}

/** The regularizer of a profile. */
export function createRegularizer(spec: RegularizerSpec): Regularizer {
  switch (spec.name) {
    case 'none':
      return { weightDecay: 0, penalty: () => null };
    case 'l2':
      return { weightDecay: spec.weightDecay, penalty: () => null };
    case 'dirichlet_kl':
      return {
        weightDecay: 0,
        penalty(alpha, options) {
          const { value, gradient } = dirichletKl(alpha, options);
          return { value: value * spec.scale, gradient: gradient.map((slope) => slope * spec.scale) };
        },
      };
  }
}
