import { NasError } from '../errors.js';
import { canonicalGenotype, type Genotype } from '../genotype/genotype.js';
import { selectionOf } from '../genotype/selection-of.js';
import { checkGenotype } from '../genotype/validate.js';
import type { NetworkDescription, TaskShape } from '../network.js';
import type { NetworkSize } from '../spaces/search-space.js';
import { resizedSpace, type Space } from '../spaces/space.js';
import { auxiliarySource } from './auxiliary.js';
import { checkTarget } from './image-faults.js';
import { NetworkBuilder } from './network-builder.js';

/** How a genotype is built for retraining. */
export interface DerivedOptions extends TaskShape, NetworkSize {
  /**
   * Learned scale and shift after every norm. Default true; false only to compare with a supernet.
   */
  readonly affine?: boolean;
  /** Weight of the auxiliary loss; no auxiliary head if absent. The field's value is 0.4. */
  readonly auxiliary?: number;
  /**
   * A coefficient for every operation of an edge that is not an identity, so that paths can be
   * dropped per image while training (Larsson et al. 2017; DARTS spares identities). Weights keep
   * their places. Default false: all coefficients are the constant 1.
   */
  readonly dropPath?: boolean;
}

/**
 * The network of one genotype, at the space's size or another. Throws NasError `invalid_genotype`
 * (not of this space), `invalid_space` (size), `invalid_image` (cannot be reduced; too small for an
 * auxiliary head).
 */
export function derivedNetwork(space: Space, genotype: Genotype, options: DerivedOptions): NetworkDescription {
  const { cells, channels, input, outputs, affine = space.kind.affine ?? true, dropPath = false, auxiliary } = options;
  const size = { ...(cells === undefined ? {} : { cells }), ...(channels === undefined ? {} : { channels }) };
  const sized = resizedSpace(space, size);
  checkGenotype(sized, genotype);
  const target = { input, outputs };
  checkTarget(sized, target);
  const selection = selectionOf(sized, canonicalGenotype(genotype));
  const mode = { kind: 'derived', selection, dropPath } as const;
  const builder = new NetworkBuilder(sized.groups, target, mode, { affine, poolNorm: false });
  const network = builder.finish(sized.kind.build(builder, sized.definition));
  if (auxiliary === undefined) return network;
  if (sized.kind.auxiliary !== true) {
    throw new NasError('invalid_space', [
      {
        path: 'auxiliary',
        message: `found ${auxiliary}; networks of ${space.name} have no place for an auxiliary head: leave it out`,
      },
    ]);
  }
  return { ...network, auxiliary: { from: auxiliarySource(network), weight: auxiliary } };
}
