import type { BranchBody, BranchSchedule, CellSchedule, EdgeSchedule, NodeSchedule, StateShape } from '@oneshot/engine';
import { seenShape } from '@oneshot/engine';
import type { Slot } from '../network.js';
import type { NetworkStyle } from '../operations/operation.js';
import { operationOf } from '../operations/table.js';
import { Bank } from './bank.js';
import type { RecordedBranch, RecordedCell, RecordedEdge, RecordedNode } from './cell-recorder.js';

/** Where in the mix of a cell a coefficient lies. */
export type MixIndex = (slot: Slot) => number;

/** Whether every operation of a cell can be a branch of a schedule. */
export function isFusible({ nodes }: RecordedCell): boolean {
  return nodes.every(({ edges }) => edges.every(({ branches }) => branches.every(isFusibleBranch)));
}

export function isFusibleBranch({ operations }: RecordedBranch): boolean {
  return operations.every(({ operation }) => operationOf(operation).kind === 'fused');
}

/**
 * Writes a cell as a schedule; room for weights is given out in the order in which the space named
 * its operations.
 */
export function packCell(cell: RecordedCell, style: NetworkStyle, mixCount: number, mixIndex: MixIndex): CellSchedule {
  const bank = new Bank();
  const shapes: StateShape[] = [...cell.inputs];
  const nodes = cell.nodes.map((node) => {
    const packed = packNode(node, shapes, style, bank, mixIndex);
    shapes.push(node.shape);
    return packed;
  });
  const { weightCount, statisticCount } = bank;
  return { inputs: cell.inputs, nodes, output: cell.output, weightCount, statisticCount, mixCount };
}

function packNode(
  { edges, shape }: RecordedNode,
  shapes: readonly StateShape[],
  style: NetworkStyle,
  bank: Bank,
  mixIndex: MixIndex,
): NodeSchedule {
  const packed = edges.map((edge) => packEdge(edge, shapes, style, bank, mixIndex));
  const told = packed.some(
    ({ branches, partial }) => partial !== undefined || branches.some(({ kind }) => kind !== 'zero' && kind !== 'bare'),
  );
  return told ? { edges: packed } : { edges: packed, shape };
}

function packEdge(
  { from, branches, partial: recorded }: RecordedEdge,
  shapes: readonly StateShape[],
  style: NetworkStyle,
  bank: Bank,
  mixIndex: MixIndex,
): EdgeSchedule {
  const partial = recorded && {
    keep: recorded.keep,
    stride: recorded.stride,
    bypassMix: recorded.bypass === null ? null : mixIndex(recorded.bypass),
  };
  const whole = shapes[from];
  if (whole === undefined) throw new RangeError(`an edge reads state ${from}, which comes later`);
  const input = partial === undefined ? whole : seenShape({ partial }, whole);
  // An option of two branches has one coefficient, which is added once where neither runs.
  const bare = new Set<number>();
  const packed = branches.flatMap((branch): BranchSchedule[] => {
    const body = lowerBranch(branch, input, style, bank);
    const mix = branch.slot === null ? null : mixIndex(branch.slot);
    if (branch.presence === 'runs') return [{ ...body, mix }];
    if (branch.presence === 'places' || mix === null || bare.has(mix)) return [];
    bare.add(mix);
    return [{ kind: 'bare', mix }];
  });
  return { from, branches: packed, ...(partial === undefined ? {} : { partial }) };
}

/** One operation is its own branch; stages in a row are one chain. */
function lowerBranch({ operations }: RecordedBranch, input: StateShape, style: NetworkStyle, bank: Bank): BranchBody {
  let seen = input;
  const bodies = operations.map(({ operation: name, options }): BranchBody => {
    const operation = operationOf(name);
    if (operation.kind !== 'fused') throw new RangeError(`${name} is no branch of a cell`);
    const body = operation.lower({ input: seen, style, bank }, options);
    const [height = 0, width = 0, channels = 0] = operation.shape([[seen.height, seen.width, seen.channels]], options);
    seen = { height, width, channels };
    return body;
  });
  const [only, ...more] = bodies;
  if (only === undefined) return { kind: 'identity' };
  if (more.length === 0) return only;
  return { kind: 'chain', stages: bodies.flatMap((body) => (body.kind === 'chain' ? body.stages : [])) };
}
