import type { BranchSchedule, EdgeSchedule, NodeSchedule } from '@oneshot/engine';
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
  const options = block.schedule.mixCount / chosen.length;
  const nodes = block.schedule.nodes.map((node) => ({
    edges: node.edges.map((edge) => restrictEdge(edge, chosen, options, bare)),
  }));
  const shaped = block.schedule.nodes.map((node, index) => withShape(nodes[index] ?? node, node));
  return { ...block, schedule: { ...block.schedule, nodes: shaped } };
}

function restrictEdge(edge: EdgeSchedule, chosen: ArrayLike<number>, options: number, bare: boolean): EdgeSchedule {
  const branches = edge.branches.flatMap((branch): BranchSchedule[] => {
    if (branch.mix === null || branch.mix % options === chosen[Math.floor(branch.mix / options)]) return [branch];
    return bare ? [{ kind: 'bare', mix: branch.mix }] : [];
  });
  return { ...edge, branches };
}

/** Rising cost of the operations that say what shape a node has. */
const SHAPE_GIVERS = ['pool', 'identity', 'factorized_reduce', 'chain'] as const;

/**
 * Where nothing but `none` was chosen at stride 2, no branch says how large the node is. One option that was not chosen then runs in
 * earnest instead of bare: its coefficient is exactly 0, so no value changes.
 */
function withShape(node: NodeSchedule, full: NodeSchedule): NodeSchedule {
  const shapeless = node.edges.every(({ branches }) =>
    branches.every(({ kind }) => kind === 'zero' || kind === 'bare'),
  );
  if (!shapeless) return node;
  const candidates = full.edges.flatMap(({ branches }, edge) => branches.map((branch) => ({ branch, edge })));
  const giver = SHAPE_GIVERS.map((kind) => candidates.find(({ branch }) => branch.kind === kind)).find(Boolean);
  if (giver === undefined) return node;
  const edges = node.edges.map((edge, index): EdgeSchedule => {
    if (index !== giver.edge) return edge;
    return { ...edge, branches: [...edge.branches.filter(({ mix }) => mix !== giver.branch.mix), giver.branch] };
  });
  return { edges };
}
