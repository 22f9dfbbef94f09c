import type { BranchSchedule, EdgeSchedule, NodeSchedule } from '@oneshot/engine';
import { NasError } from '../errors.js';
import { canonicalGenotype, type Genotype, type GenotypeEdge } from '../genotype/genotype.js';
import { checkGenotype } from '../genotype/validate.js';
import type { NetworkDescription } from '../network.js';
import { parseSpaceDefinition } from '../spaces/definition.js';
import { resize, type SkeletonSize } from '../spaces/skeleton.js';
import { createSpace, type Space } from '../spaces/space.js';
import { auxiliarySource } from './auxiliary.js';
import { primitiveBranch } from './branches.js';
import { type CellPlace, type CellPlan, frame, type NetworkTarget } from './frame.js';

/** How a genotype is built for retraining. */
export interface DerivedOptions extends NetworkTarget, SkeletonSize {
  /** Learned scale and shift after every norm. Default true; false only to compare with a supernet. */
  readonly affine?: boolean;
  /** Weight of the auxiliary loss; no auxiliary head if absent. The field's value is 0.4. */
  readonly auxiliary?: number;
  /**
   * A coefficient for every operation that is not an identity, so that paths can be dropped per image while training (Larsson et
   * al. 2017; DARTS spares identities). Weights keep their places. Default false: all coefficients are the constant 1.
   */
  readonly dropPath?: boolean;
}

/**
 * The network of one genotype, at the space's size or another. Throws NasError `invalid_genotype` (not of this space), `invalid_space` (size), `invalid_image` (cannot be reduced; too small for an auxiliary head).
 */
export function derivedNetwork(space: Space, genotype: Genotype, options: DerivedOptions): NetworkDescription {
  if (space.name === 'toy_cell' && options.cells !== undefined && options.cells !== 3) {
    throw new NasError('invalid_space', [
      { path: 'cells', message: `found ${options.cells}; networks of toy_cell have 3 cells` },
    ]);
  }
  const sized = createSpace(parseSpaceDefinition(resize(space.definition, options), ''));
  checkGenotype(sized, genotype);
  const canonical = canonicalGenotype(genotype);
  const affine = options.affine ?? true;
  const network = frame(sized, options, {
    affine,
    mixCount: (plan) => (options.dropPath ? keptEdges(canonical, plan).filter(isDroppable).length : 0),
    mixGroup: (_, block) => block,
    fill: (place) => keptNodes(canonical, place, affine, options.dropPath ?? false),
  });
  if (options.auxiliary === undefined) return network;
  return { ...network, auxiliary: { from: auxiliarySource(network), weight: options.auxiliary } };
}

interface KeptEdge extends GenotypeEdge {
  readonly stride: 1 | 2;
}

function keptNodesOf(genotype: Genotype, plan: CellPlan): readonly (readonly KeptEdge[])[] {
  const inputs = genotype.space === 'darts' ? 2 : 1;
  const nodes = genotype.cells[plan.group]?.nodes ?? [];
  return nodes.map((edges) => edges.map((edge) => ({ ...edge, stride: plan.reduction && edge.from < inputs ? 2 : 1 })));
}

function keptEdges(genotype: Genotype, plan: CellPlan): readonly KeptEdge[] {
  return keptNodesOf(genotype, plan).flat();
}

function isDroppable({ op, stride }: KeptEdge): boolean {
  return op !== 'none' && !(op === 'skip_connect' && stride === 1);
}

function keptNodes(
  genotype: Genotype,
  { plan, first, bank, shape }: CellPlace,
  affine: boolean,
  dropPath: boolean,
): readonly NodeSchedule[] {
  let coefficient = 0;
  return keptNodesOf(genotype, plan).map((kept) => {
    const edges = kept.map((edge): EdgeSchedule => {
      const body = primitiveBranch(edge.op, plan.channels, edge.stride, bank, { affine, poolNorm: false });
      const branch: BranchSchedule = { ...body, mix: dropPath && isDroppable(edge) ? coefficient++ : null };
      return { from: edge.from + first, branches: [branch] };
    });
    return kept.every(({ op }) => op === 'none') ? { edges, shape } : { edges };
  });
}
