import { z } from 'zod';
import { edgeChoices, halvedImages, reductionsAt, resizedCells } from './cell-edges.js';
import { dartsNetwork } from './darts-network.js';
import { channelsOption } from './edge-operations.js';
import { defineSpace } from './registry.js';
import type { CellTopology } from './search-space.js';

const SUBSPACES = ['S1', 'S2', 'S3', 'S4'] as const;

/**
 * Options of the edges of S1, by cell and by number of the edge (Zela et al. 2020, figures 9 and
 * 10; authors' code): the two best of a DARTS search.
 */
const S1_OPTIONS = {
  normal: [
    ['skip_connect', 'dil_conv_3x3'],
    ['skip_connect', 'dil_conv_5x5'],
    ['skip_connect', 'dil_conv_5x5'],
    ['skip_connect', 'sep_conv_3x3'],
    ['skip_connect', 'dil_conv_3x3'],
    ['max_pool_3x3', 'skip_connect'],
    ['skip_connect', 'sep_conv_3x3'],
    ['skip_connect', 'sep_conv_3x3'],
    ['skip_connect', 'dil_conv_3x3'],
    ['skip_connect', 'sep_conv_3x3'],
    ['max_pool_3x3', 'skip_connect'],
    ['skip_connect', 'dil_conv_3x3'],
    ['dil_conv_3x3', 'dil_conv_5x5'],
    ['dil_conv_3x3', 'dil_conv_5x5'],
  ],
  reduce: [
    ['max_pool_3x3', 'avg_pool_3x3'],
    ['max_pool_3x3', 'dil_conv_3x3'],
    ['max_pool_3x3', 'avg_pool_3x3'],
    ['max_pool_3x3', 'avg_pool_3x3'],
    ['skip_connect', 'dil_conv_5x5'],
    ['max_pool_3x3', 'avg_pool_3x3'],
    ['max_pool_3x3', 'sep_conv_3x3'],
    ['skip_connect', 'dil_conv_3x3'],
    ['skip_connect', 'dil_conv_5x5'],
    ['max_pool_3x3', 'avg_pool_3x3'],
    ['max_pool_3x3', 'avg_pool_3x3'],
    ['skip_connect', 'dil_conv_5x5'],
    ['skip_connect', 'dil_conv_5x5'],
    ['skip_connect', 'dil_conv_5x5'],
  ],
} as const;

const EVERYWHERE = {
  S2: ['skip_connect', 'sep_conv_3x3'],
  S3: ['none', 'skip_connect', 'sep_conv_3x3'],
  S4: ['noise', 'sep_conv_3x3'],
} as const;

const schema = z.strictObject({
  name: z.literal('robust_darts'),
  /**
   * S1: two options for each edge, of its own; S2: skip or separable convolution; S3: those and
   * `none`; S4: noise or separable convolution. Default S1.
   */
  subspace: z.enum(SUBSPACES).default('S1'),
  /** Cells; at least 3, so that there are normal and reduction cells. Default 8. */
  cells: z.int().min(3).max(64).default(8),
  /** Channels of the first cell; doubled by each reduction cell. Default 16. */
  channels: channelsOption,
  /** Channels of the stem as a multiple of `channels`. Default 3. */
  stemMultiplier: z.int().min(1).max(8).default(3),
});

type Definition = z.infer<typeof schema>;

const topology: CellTopology = { inputs: 2, nodes: 4, concat: [2, 3, 4, 5], kept: 2 };

defineSpace<Definition>({
  name: 'robust_darts',
  summary: 'DARTS’ network with tiny sets of operations, S1 to S4, in which DARTS is known to fail',
  source: 'Zela et al. 2020, section 3, and the authors’ code',
  schema,
  topology: () => topology,
  poolNorm: true,
  auxiliary: true,
  width: ({ channels }) => channels,
  resize: resizedCells,
  images: ({ cells }) => halvedImages(reductionsAt(cells).length),
  choices: ({ subspace }) =>
    (['normal', 'reduce'] as const).flatMap((group) => {
      let edge = 0;
      const next = (): readonly string[] => {
        const own = S1_OPTIONS[group][edge++] ?? [];
        return subspace === 'S1' ? own : EVERYWHERE[subspace];
      };
      return edgeChoices(group, topology, next);
    }),
  build: (builder, definition) => dartsNetwork(builder, { ...definition, nodes: topology.nodes }),
});
