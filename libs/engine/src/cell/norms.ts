import { seenShape } from './partial.js';
import { branchShape, stageShape } from './parts.js';
import type { BranchSchedule, CellSchedule, NormSchedule, StateShape } from './schedule.js';
import { cellShapes } from './shapes.js';

/** A norm of a schedule with what it normalises. */
export interface NormPlace {
  readonly norm: NormSchedule;
  readonly channels: number;
  /** Values per channel and image. */
  readonly pixels: number;
}

function place(norm: NormSchedule | undefined, { height, width, channels }: StateShape): NormPlace[] {
  return norm === undefined ? [] : [{ norm, channels, pixels: height * width }];
}

function ofBranch(branch: BranchSchedule, from: StateShape): NormPlace[] {
  switch (branch.kind) {
    case 'pool':
    case 'factorized_reduce':
      return place(branch.norm, branchShape(branch, from) as StateShape);
    case 'chain': {
      let shape = from;
      return branch.stages.flatMap((stage) => {
        shape = stageShape(stage, shape);
        return place(stage.norm, shape);
      });
    }
    default:
      return [];
  }
}

/** Every norm of a schedule, in the order of its nodes, edges, branches and stages. */
export function normPlaces(schedule: CellSchedule): NormPlace[] {
  const shapes = cellShapes(schedule);
  return schedule.nodes.flatMap((node) =>
    node.edges.flatMap((edge) => {
      const seen = seenShape(edge, shapes[edge.from] as StateShape);
      return edge.branches.flatMap((branch) => ofBranch(branch, seen));
    }),
  );
}
