import type { BranchSchedule, EdgeSchedule, NodeSchedule } from '@oneshot/engine';
import { type Fault, refuse } from '../errors.js';
import { keptShare, type Mutation, mutationFaults } from '../mutations/mutation.js';
import type { NetworkDescription } from '../network.js';
import type { Primitive } from '../spaces/primitives.js';
import type { Space } from '../spaces/space.js';
import { primitiveBranch } from './branches.js';
import { type CellPlace, frame, type NetworkTarget } from './frame.js';

/** How a supernet differs from the plain one. */
export interface SupernetOptions {
  /** Default none. */
  readonly mutations?: readonly Mutation[];
  /** Whether every edge has a weight of its own beside those of its operations. Default false. */
  readonly edgeNormalisation?: boolean;
}

/**
 * The network that holds all options: every edge mixes all its operations, scaled by its group's architecture weights laid out row by
 * row, one row per choice: `[choices, options]`, or with edge normalisation `[choices, options + 1]`, the last column being the weight of
 * the edge itself, which scales what bypasses a partial connection. Norms have no affine parameters; in the DARTS-like spaces every
 * pooling is followed by one. Throws NasError `invalid_image` when the image cannot be reduced as often as the space does,
 * `invalid_profile` when a mutation does not fit the space.
 */
export function supernet(space: Space, target: NetworkTarget, options: SupernetOptions = {}): NetworkDescription {
  const mutations = options.mutations ?? [];
  refuse('invalid_profile', mutationFaults(space.definition, mutations));
  const keep = keptShare(mutations);
  const edges = (space.topology.nodes * (2 * space.topology.inputs + space.topology.nodes - 1)) / 2;
  const edgeNormalisation = options.edgeNormalisation ?? false;
  const columns = space.definition.primitives.length + (edgeNormalisation ? 1 : 0);
  const network = frame(space, target, {
    affine: false,
    mixCount: () => edges * columns,
    mixGroup: (plan) => plan.group,
    fill: (place) => mixedNodes(space, place, { keep, columns, edgeNormalisation }),
  });
  if (keep > 1) refuse('invalid_image', bypassFaults(space, target));
  return network;
}

/** Channels that bypass a reduction are pooled in windows of 2×2 (Xu et al. 2020, code), so no pixel may be left over. */
function bypassFaults(space: Space, { image }: NetworkTarget): Fault[] {
  const multiple = 2 ** space.layers.filter((layer) => layer.kind === 'cell' && layer.reduction).length;
  return (['height', 'width'] as const)
    .filter((side) => image[side] % multiple !== 0)
    .map((side) => ({
      path: `image.${side}`,
      message: `found ${image[side]}; partial connections in ${space.name} need a multiple of ${multiple}`,
    }));
}

interface EdgeStyle {
  readonly keep: number;
  /** Coefficients per edge. */
  readonly columns: number;
  readonly edgeNormalisation: boolean;
}

function mixedNodes(
  space: Space,
  { plan, first, bank }: CellPlace,
  { keep, columns, edgeNormalisation }: EdgeStyle,
): readonly NodeSchedule[] {
  const { inputs, nodes } = space.topology;
  const style = { affine: false, poolNorm: space.name !== 'nasbench201' };
  const { definition } = space;
  const options = definition.primitives;
  const auxiliarySkip = definition.name === 'darts' && definition.auxiliarySkip === true;
  let row = 0;
  return Array.from({ length: nodes }, (_, index) => {
    const edges: EdgeSchedule[] = [];
    for (let from = 0; from < index + inputs; from++) {
      const stride = plan.reduction && from < inputs ? 2 : 1;
      const start = row++ * columns;
      const branches = options.flatMap((primitive, option): BranchSchedule[] => {
        const bodyOf = (name: Primitive) =>
          primitiveBranch(name, Math.floor(plan.channels / keep), stride, bank, style);
        const body = bodyOf(primitive);
        const bodies = auxiliarySkip && body.kind === 'chain' ? [body, bodyOf('skip_connect')] : [body];
        return bodies.map((each) => ({ ...each, mix: start + option }));
      });
      const bypassMix = edgeNormalisation ? start + options.length : null;
      edges.push({ from: from + first, branches, ...(keep > 1 ? { partial: { keep, stride, bypassMix } } : {}) });
    }
    return { edges };
  });
}
