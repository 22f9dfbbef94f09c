import { seenShape } from './partial.js';
import { normKernels, reductionKernels, stageKernels, stageShape, type WeightPart } from './parts.js';
import type { BranchSchedule, CellSchedule, StateShape } from './schedule.js';
import { cellShapes } from './shapes.js';

function ofBranch(branch: BranchSchedule, from: StateShape): WeightPart[] {
  switch (branch.kind) {
    case 'zero':
    case 'bare':
    case 'identity':
      return [];
    case 'pool':
      return normKernels(branch.norm, from.channels);
    case 'factorized_reduce':
      return [
        ...reductionKernels(branch.weights, from.channels, branch.channels),
        ...normKernels(branch.norm, branch.channels),
      ];
    case 'chain': {
      let shape = from;
      return branch.stages.flatMap((stage) => {
        const kernels = stageKernels(stage, shape.channels);
        shape = stageShape(stage, shape);
        return [...kernels, ...normKernels(stage.norm, shape.channels)];
      });
    }
  }
}

/** Every piece of the weight bank that a schedule reads, once each, in the order of first use. */
export function schedulePieces(schedule: CellSchedule): WeightPart[] {
  const shapes = cellShapes(schedule);
  const pieces = new Map<string, WeightPart>();
  for (const { edges } of schedule.nodes) {
    for (const edge of edges) {
      const seen = seenShape(edge, shapes[edge.from] as StateShape);
      for (const piece of edge.branches.flatMap((branch) => ofBranch(branch, seen))) {
        pieces.set(`${piece.offset}:${piece.shape}`, piece);
      }
    }
  }
  return [...pieces.values()];
}
