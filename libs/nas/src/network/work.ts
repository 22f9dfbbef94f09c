import {
  type BranchSchedule,
  type CellSchedule,
  cellShapes,
  type PoolBranch,
  type StageSchedule,
  type StateShape,
  seenShape,
} from '@oneshot/engine';
import type { Block, NetworkDescription } from '../network.js';
import { operationOf } from '../operations/table.js';
import { blockShape } from './block-shape.js';

/**
 * What a network computes for one image in evaluation, by kind. Sums of branches and concatenations
 * are not counted.
 */
export interface Work {
  /** Multiplications with additions, in convolutions and matrix products; biases left out. */
  readonly multiplyAdds: number;
  /** Values that norms give in cells and classifiers. */
  readonly normed: number;
  /** Values that pass a ReLU in cells and classifiers. */
  readonly rectified: number;
  /** Values that poolings of cells read: those of the window, for every value that comes out. */
  readonly pooled: number;
}

const NOTHING: Work = { multiplyAdds: 0, normed: 0, rectified: 0, pooled: 0 };

/**
 * The work of a network, read off its description: no weights are made. An auxiliary head, which no
 * user of a network runs, is left out.
 */
export function networkWork(network: NetworkDescription): Work {
  return total([...network.blocks.map(blockWork), headWork(network)]);
}

function blockWork(block: Block): Work {
  switch (block.kind) {
    case 'cell':
      return cellWork(block.schedule);
    case 'operation': {
      const operation = operationOf(block.operation);
      if (operation.kind === 'fused') throw new RangeError(`${block.operation} runs in cells only`);
      return { ...NOTHING, multiplyAdds: operation.multiplyAdds(block.inputs, block.options) };
    }
    case 'mix':
      return NOTHING;
  }
}

function cellWork(schedule: CellSchedule): Work {
  const shapes = cellShapes(schedule);
  return total(
    schedule.nodes.flatMap(({ edges }) =>
      edges.flatMap((edge) => {
        const source = shapes[edge.from];
        if (source === undefined) throw new RangeError(`an edge reads state ${edge.from}, which comes later`);
        return edge.branches.map((branch) => branchWork(branch, seenShape(edge, source)));
      }),
    ),
  );
}

function branchWork(branch: BranchSchedule, input: StateShape): Work {
  switch (branch.kind) {
    case 'zero':
    case 'identity':
    case 'bare':
      return NOTHING;
    case 'pool':
      return poolWork(branch, input);
    case 'factorized_reduce': {
      const pixels = Math.ceil(input.height / 2) * Math.ceil(input.width / 2);
      const values = pixels * branch.channels;
      return { multiplyAdds: values * input.channels, normed: values, rectified: sizeOf(input), pooled: 0 };
    }
    case 'chain': {
      const works: Work[] = [];
      let state = input;
      for (const stage of branch.stages) {
        const { work, output } = stageWork(stage, state);
        works.push(work);
        state = output;
      }
      return total(works);
    }
  }
}

function poolWork({ size, stride, padding, norm }: PoolBranch, { height, width, channels }: StateShape): Work {
  const side = (length: number) => Math.floor((length + 2 * padding - size) / stride) + 1;
  const values = side(height) * side(width) * channels;
  return { ...NOTHING, pooled: values * size ** 2, normed: norm === undefined ? 0 : values };
}

/** Windows of stages are padded so that stride 1 keeps the sides. */
function stageWork(
  { relu, depthwise, convolution, norm }: StageSchedule,
  input: StateShape,
): { readonly work: Work; readonly output: StateShape } {
  let state = input;
  let multiplyAdds = 0;
  if (depthwise !== undefined) {
    state = halved(state, depthwise.stride);
    multiplyAdds += sizeOf(state) * depthwise.size ** 2;
  }
  if (convolution !== undefined) {
    const { channels: seen } = state;
    state = { ...halved(state, convolution.stride), channels: convolution.channels };
    multiplyAdds += sizeOf(state) * convolution.size ** 2 * seen;
  }
  const work = {
    multiplyAdds,
    normed: norm === undefined ? 0 : sizeOf(state),
    rectified: relu ? sizeOf(input) : 0,
    pooled: 0,
  };
  return { work, output: state };
}

function halved({ height, width, channels }: StateShape, stride: number): StateShape {
  return { height: Math.ceil(height / stride), width: Math.ceil(width / stride), channels };
}

function headWork(network: NetworkDescription): Work {
  const { head, outputs } = network;
  if (head.kind === 'result') return NOTHING;
  const state = blockShape(network, head.from);
  const values = sizeOf(state);
  return {
    multiplyAdds: state.channels * outputs,
    normed: head.norm ? values : 0,
    rectified: head.relu ? values : 0,
    pooled: 0,
  };
}

function sizeOf({ height, width, channels }: StateShape): number {
  return height * width * channels;
}

function total(works: readonly Work[]): Work {
  return works.reduce(
    (sum, work) => ({
      multiplyAdds: sum.multiplyAdds + work.multiplyAdds,
      normed: sum.normed + work.normed,
      rectified: sum.rectified + work.rectified,
      pooled: sum.pooled + work.pooled,
    }),
    NOTHING,
  );
}
