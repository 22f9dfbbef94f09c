import type { BranchSchedule, EdgeSchedule, NodeSchedule } from '@oneshot/engine';
import type { NetworkDescription } from '../network.js';
import type { Space } from '../spaces/space.js';
import { primitiveBranch } from './branches.js';
import { type CellPlace, frame, type NetworkTarget } from './frame.js';

/**
 * The network that holds all options: every edge mixes all its operations, scaled by its group's architecture weights laid out
 * `[choices, options]` row by row. Norms have no affine parameters; in the DARTS-like spaces every pooling is followed by one.
 * Throws NasError `invalid_image` when the image cannot be reduced as often as the space does.
 */
export function supernet(space: Space, target: NetworkTarget): NetworkDescription {
  const options = space.definition.primitives.length;
  const edges = (space.topology.nodes * (2 * space.topology.inputs + space.topology.nodes - 1)) / 2;
  return frame(space, target, {
    affine: false,
    mixCount: () => edges * options,
    mixGroup: (plan) => plan.group,
    fill: (place) => mixedNodes(space, place),
  });
}

function mixedNodes(space: Space, { plan, first, bank }: CellPlace): readonly NodeSchedule[] {
  const { inputs, nodes } = space.topology;
  const style = { affine: false, poolNorm: space.name !== 'nasbench201' };
  const options = space.definition.primitives;
  let row = 0;
  return Array.from({ length: nodes }, (_, index) => {
    const edges: EdgeSchedule[] = [];
    for (let from = 0; from < index + inputs; from++) {
      const stride = plan.reduction && from < inputs ? 2 : 1;
      const branches = options.map((primitive, option): BranchSchedule => {
        const body = primitiveBranch(primitive, plan.channels, stride, bank, style);
        return { ...body, mix: row * options.length + option };
      });
      row++;
      edges.push({ from: from + first, branches });
    }
    return { edges };
  });
}
