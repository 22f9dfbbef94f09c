import { z } from 'zod';
import { reductionsAt } from './cell-edges.js';
import { channelsOption, edgeOperation } from './edge-operations.js';
import type { CellTopology } from './search-space.js';

const state = z.int().min(0).max(17);
const operations = z
  .array(edgeOperation)
  .min(1)
  .refine((names) => new Set(names).size === names.length, { error: 'the same operation twice' });

/** Options of one edge in place of the common ones. */
const ownEdge = z.strictObject({
  /** Default: in every cell. */
  cell: z.enum(['normal', 'reduce']).optional(),
  /** The state it reads; a cell's inputs are numbered first. */
  from: state,
  /** The node it leads to. */
  to: state,
  /** `none` alone: there is no such edge. */
  options: operations,
});

/** A cell as users write it; what its numbers mean together is checked besides. */
export const cellFields = z.strictObject({
  name: z.literal('cell'),
  /** Earlier cells that a cell reads: the one before it, or the two before it. Default 2. */
  inputs: z.union([z.literal(1), z.literal(2)]).default(2),
  /** Nodes of a cell; each reads every earlier state. */
  nodes: z.int().min(1).max(16),
  /** Operations that every edge can be, where it has none of its own. */
  options: operations.refine((names) => names.some((name) => name !== 'none'), { error: 'none alone is no space' }),
  /** Edges with options of their own. Default: none. */
  edges: z.array(ownEdge).max(512).optional(),
  /** Edges that an architecture keeps: two of every node, or all. Default all. */
  kept: z.union([z.literal(2), z.literal('all')]).default('all'),
  /** Nodes that are concatenated into the result, numbered behind the inputs. Default: all. */
  concat: z.array(state).min(1).optional(),
  /** Cells, one behind the other. Default 8. */
  cells: z.int().min(1).max(64).default(8),
  /** Channels of the first cell; doubled by each reduction cell. Default 16. */
  channels: channelsOption,
  /**
   * Cells that halve height and width, by number from 0; or those at one and two thirds of the
   * depth. Default thirds.
   */
  reductions: z.union([z.literal('thirds'), z.array(z.int().min(0).max(63))]).default('thirds'),
  /**
   * Channels of the stem, a 3×3 convolution, as a multiple of `channels`; or none: cells read the
   * image. Default 1.
   */
  stemMultiplier: z.union([z.literal('none'), z.int().min(1).max(8)]).default(1),
});

/** A user's own cell with every option filled in. */
export type CellDefinition = z.infer<typeof cellFields>;

/** Which cells halve the map. */
export function reductionCells({ reductions, cells }: Pick<CellDefinition, 'cells' | 'reductions'>): readonly number[] {
  return reductions === 'thirds' ? reductionsAt(cells) : reductions;
}

/** How the states of a cell hang together. */
export function cellTopology({ inputs, nodes, concat, kept }: CellDefinition): CellTopology {
  const made = Array.from({ length: nodes }, (_, node) => node + inputs);
  return { inputs, nodes, concat: concat === undefined ? made : [...concat].sort((a, b) => a - b), kept };
}

/** The kinds of cells that the network has. */
export function cellKinds(definition: CellDefinition): readonly ('normal' | 'reduce')[] {
  const reductions = reductionCells(definition).length;
  return (['normal', 'reduce'] as const).filter((kind) =>
    kind === 'reduce' ? reductions > 0 : reductions < definition.cells,
  );
}

/** What an edge can be. */
export function optionsAt(
  { edges = [], options }: Pick<CellDefinition, 'edges' | 'options'>,
  cell: 'normal' | 'reduce',
  to: number,
  from: number,
): readonly string[] {
  const own = edges.find((edge) => edge.to === to && edge.from === from && (edge.cell ?? cell) === cell);
  return own?.options ?? options;
}
