import {
  type BranchSchedule,
  cellShapes,
  type EdgeSchedule,
  type NodeSchedule,
  type StateShape,
} from '@oneshot/engine';
import type { Block, NetworkDescription } from '../network.js';

/** For each group the option that runs, one per choice (row of α). */
export type ActiveOptions = ReadonlyMap<string, ArrayLike<number>>;

/**
 * A supernet restricted to one operation per edge. Weights, statistics and mix keep their places, so the same banks serve. What does
 * not run adds its bare coefficient where `bare` is set (so that a gradient reaches it), else it is left out.
 */
export function singlePath(network: NetworkDescription, active: ActiveOptions, bare: boolean): NetworkDescription {
  return { ...network, blocks: network.blocks.map((block) => restrict(block, active, bare)) };
}

function restrict(block: Block, active: ActiveOptions, bare: boolean): Block {
  const chosen = block.group === undefined ? undefined : active.get(block.group);
  if (chosen === undefined) return block;
  const columns = block.schedule.mixCount / chosen.length;
  const shapes = cellShapes(block.schedule).slice(block.schedule.inputs.length);
  const nodes = block.schedule.nodes.map((node, index) => {
    const edges = node.edges.map((edge) => restrictEdge(edge, chosen, columns, bare));
    return withShape({ edges }, shapes[index]);
  });
  return { ...block, schedule: { ...block.schedule, nodes } };
}

function restrictEdge(edge: EdgeSchedule, chosen: ArrayLike<number>, columns: number, bare: boolean): EdgeSchedule {
  // An option with an auxiliary skip is two branches under one coefficient, which is added once.
  const bareAlready = new Set<number>();
  const branches = edge.branches.flatMap((branch): BranchSchedule[] => {
    const { mix } = branch;
    if (mix === null || mix % columns === chosen[Math.floor(mix / columns)]) return [branch];
    if (!bare || bareAlready.has(mix)) return [];
    bareAlready.add(mix);
    return [{ kind: 'bare', mix }];
  });
  return { ...edge, branches };
}

/** Where only operations without a shape were chosen (`none` at stride 2), the schedule has to say how large the node is. */
function withShape(node: NodeSchedule, shape: StateShape | undefined): NodeSchedule {
  const told = node.edges.some(({ branches }) => branches.some(({ kind }) => kind !== 'zero' && kind !== 'bare'));
  return told || shape === undefined ? node : { ...node, shape };
}
