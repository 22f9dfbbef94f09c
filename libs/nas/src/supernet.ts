import { bypassFaults, checkTarget } from './build/image-faults.js';
import { NetworkBuilder } from './build/network-builder.js';
import type { Selection, SupernetMode } from './build/selection.js';
import { refuse } from './errors.js';
import { type Mutation, mutated, mutationFaults } from './mutations/mutation.js';
import type { NetworkDescription, TaskShape } from './network.js';
import type { Space } from './spaces/space.js';

/** How a supernet differs from the plain one. */
export interface SupernetOptions {
  /** Default none. */
  readonly mutations?: readonly Mutation[];
  /** Whether every edge has a weight of its own beside those of its operations. Default false. */
  readonly edgeNormalisation?: boolean;
  /**
   * Whether options of different sizes take parts of the largest one's weights (`shared`), or each
   * has its own. Default `own`. Of no consequence in spaces without elastic operations.
   */
  readonly sharing?: 'own' | 'shared';
}

/** The network that holds all options, and the paths through it. */
export interface Supernet {
  readonly description: NetworkDescription;
  /**
   * The supernet restricted to the selected options; the same weights serve. What does not run adds
   * its bare coefficient where `bare` is set (so that a gradient reaches it), else it is left out.
   */
  path(selection: Selection, bare: boolean): NetworkDescription;
}

/**
 * The network that holds all options, each scaled by its architecture weight. A group's
 * coefficients are laid out row by row, one row per choice: `[choices, options]`, or with edge
 * normalisation `[choices, options + 1]`, the last column being the weight of the edge itself,
 * which scales what bypasses a partial connection. Norms have no affine parameters; in the
 * DARTS-like spaces every pooling is followed by one. Throws NasError `invalid_image` when the
 * image cannot be reduced as often as the space does, `invalid_profile` when a mutation does not
 * fit the space.
 */
export function supernet(space: Space, target: TaskShape, options: SupernetOptions = {}): Supernet {
  const { mutations = [], edgeNormalisation = false, sharing = 'own' } = options;
  refuse('invalid_profile', mutationFaults(space, mutations));
  checkTarget(space, target);
  const plain: SupernetMode = { kind: 'supernet', selection: null, bare: false, sharing, keep: 1, edgeNormalisation };
  const style = { affine: space.topology === undefined, poolNorm: space.kind.poolNorm ?? false };
  const built = (selection: Selection | null, bare: boolean): NetworkDescription => {
    const mode = mutated({ ...plain, selection, bare }, mutations);
    const builder = new NetworkBuilder(space.groups, target, mode, style);
    return builder.finish(space.kind.build(builder, space.definition));
  };
  const description = built(null, false);
  if (mutated(plain, mutations).keep > 1) refuse('invalid_image', bypassFaults(space, target));
  return { description, path: (selection, bare) => built(selection, bare) };
}
