import { type EdgeSchedule, type PartialConnection, type StateShape, seenShape, shuffledOrder } from '@oneshot/engine';
import type { GraphBuilder, ValueName } from '../graph/graph-builder.js';
import { type Bank, coefficient } from './bank.js';
import { type Contribution, exportBranch, exportPool, scaled } from './branch.js';

/** The contributions of one edge to its node. */
export function exportEdge(
  graph: GraphBuilder,
  edge: EdgeSchedule,
  input: ValueName,
  shape: StateShape,
  bank: Bank,
  name: string,
): Contribution[] {
  const { partial } = edge;
  if (!partial) {
    return edge.branches.map((branch, i) =>
      exportBranch(graph, branch, input, shape, bank, branchName(name, branch.kind, i)),
    );
  }
  const seen = seenShape(edge, shape);
  const kept = sliceChannels(graph, input, 0, seen.channels, `${name}/kept`);
  const contributions = edge.branches.map((branch, i) =>
    exportBranch(graph, branch, kept, seen, bank, branchName(name, branch.kind, i)),
  );
  return [{ kind: 'value', value: joinBypass(graph, partial, input, kept, contributions, shape, bank, name) }];
}

/** Adds contributions up; undefined when none has a value, whatever its shape would be. */
export function sumContributions(
  graph: GraphBuilder,
  contributions: readonly Contribution[],
  name: string,
): ValueName | undefined {
  const values = contributions.flatMap((c) => (c.kind === 'value' ? [c.value] : []));
  const [first, ...more] = values;
  if (first === undefined) return undefined;
  const amount = everywhere(contributions);
  const total = more.length === 0 ? first : graph.node('Sum', values, `${name}/sum`);
  return amount === 0 ? total : graph.node('Add', [total, graph.scalar(amount, `${name}/bare`)], `${name}/shifted`);
}

/** What the bare branches add to every element. */
export function everywhere(contributions: readonly Contribution[]): number {
  return contributions.reduce((sum, c) => (c.kind === 'everywhere' ? sum + c.amount : sum), 0);
}

/**
 * Partial channel connection (Xu et al. 2020): the other channels bypass the branches, then all are
 * shuffled in `keep` groups.
 */
function joinBypass(
  graph: GraphBuilder,
  partial: PartialConnection,
  input: ValueName,
  kept: ValueName,
  contributions: readonly Contribution[],
  shape: StateShape,
  bank: Bank,
  name: string,
): ValueName {
  const { keep, stride } = partial;
  const seen = seenShape({ partial }, shape);
  const pool = (value: ValueName, label: string): ValueName =>
    stride === 1
      ? value
      : exportPool(graph, { pool: 'max', size: 2, stride: 2, padding: 0 }, value, `${name}/${label}`);
  // Branches that are all zero still have a shape: that of the kept channels, pooled where the edge
  // strides.
  const mixed =
    sumContributions(graph, contributions, `${name}/branches`) ??
    constantLike(graph, pool(kept, 'kept_pool'), everywhere(contributions), `${name}/branches`);
  const rest = sliceChannels(graph, input, seen.channels, shape.channels, `${name}/rest`);
  const bypass = scaled(graph, pool(rest, 'bypass_pool'), coefficient(bank, partial.bypassMix), `${name}/bypass`);
  const joined = graph.node('Concat', [mixed, bypass], `${name}/joined`, { axis: 1 });
  const order = graph.integers(shuffledOrder(shape.channels, keep), `${name}/order`);
  return graph.node('Gather', [joined, order], `${name}/shuffled`, { axis: 1 });
}

/** The same number everywhere, in the shape of a value. */
function constantLike(graph: GraphBuilder, value: ValueName, amount: number, name: string): ValueName {
  const size = graph.node('Shape', [value], `${name}/shape`);
  const zeros = graph.node('ConstantOfShape', [size], `${name}/zeros`);
  return amount === 0 ? zeros : graph.node('Add', [zeros, graph.scalar(amount, `${name}/bare`)], `${name}/constant`);
}

function sliceChannels(graph: GraphBuilder, value: ValueName, from: number, to: number, name: string): ValueName {
  const bounds = [from, to, 1].map((bound, i) => graph.integers([bound], `${name}/${['starts', 'ends', 'axes'][i]}`));
  return graph.node('Slice', [value, ...bounds], name);
}

function branchName(edge: string, kind: string, index: number): string {
  return `${edge}/${kind}${index}`;
}
