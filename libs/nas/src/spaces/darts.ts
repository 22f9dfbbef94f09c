import { z } from 'zod';
import { edgeChoices, halvedImages, reductionsAt, resizedCells } from './cell-edges.js';
import { dartsNetwork } from './darts-network.js';
import { channelsOption, edgeOptions } from './edge-operations.js';
import { defineSpace } from './registry.js';
import type { CellTopology } from './search-space.js';

/**
 * Operations of the DARTS space, in the order of its authors' code (Liu et al. 2019); the order
 * fixes the columns of α.
 */
export const DARTS_PRIMITIVES = [
  'none',
  'max_pool_3x3',
  'avg_pool_3x3',
  'skip_connect',
  'sep_conv_3x3',
  'sep_conv_5x5',
  'dil_conv_3x3',
  'dil_conv_5x5',
] as const;

const schema = z.strictObject({
  name: z.literal('darts'),
  /** Cells; reductions at one and two thirds of the depth, none in a single cell. Default 8. */
  cells: z.int().min(1).max(64).default(8),
  /** Channels of the first cell; doubled by each reduction cell. Default 16. */
  channels: channelsOption,
  /** Intermediate nodes of a cell. Default 4. */
  nodes: z.int().min(1).max(16).default(4),
  /** Options of every edge. Default: the eight of DARTS. */
  primitives: edgeOptions.default([...DARTS_PRIMITIVES]),
  /** Channels of the stem as a multiple of `channels`. Default 3. */
  stemMultiplier: z.int().min(1).max(8).default(3),
  /**
   * While searching, every operation with weights has a skip connection beside it, scaled by the
   * operation's own architecture weight (Jha et al. 2025, "All-skip"); networks of architectures
   * are built without them. Default: none.
   */
  auxiliarySkip: z.literal(true).optional(),
});

type Definition = z.infer<typeof schema>;

function topology({ nodes }: Definition): CellTopology {
  return { inputs: 2, nodes, concat: Array.from({ length: nodes }, (_, node) => node + 2), kept: 2 };
}

defineSpace({
  name: 'darts',
  summary: 'cells of four nodes, two edges kept per node, stacked with two reductions',
  source: 'Liu et al. 2019, section 2.1, and the authors’ code',
  schema,
  notation: 'tuple',
  topology,
  poolNorm: true,
  auxiliary: true,
  width: ({ channels }) => channels,
  resize: resizedCells,
  images: ({ cells }) => halvedImages(reductionsAt(cells).length),
  choices(definition) {
    const groups = reductionsAt(definition.cells).length > 0 ? (['normal', 'reduce'] as const) : (['normal'] as const);
    // Where every cell reduces, there is no normal one.
    const used = definition.cells === reductionsAt(definition.cells).length ? (['reduce'] as const) : groups;
    return used.flatMap((group) => edgeChoices(group, topology(definition), () => definition.primitives));
  },
  build: (builder, definition) => dartsNetwork(builder, definition),
});
