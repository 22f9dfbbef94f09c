import { z } from 'zod';
import { cellNodes, edgeChoices, preprocessed } from './cell-edges.js';
import { edgeOptions } from './edge-operations.js';
import { defineSpace } from './registry.js';
import type { CellTopology } from './search-space.js';
import { TOY_CELL_PRIMITIVES } from './toy-cell.js';

/** Dropped after every cell and in the classifier (authors' code). */
const DROPOUT = 0.2;
const HIDDEN = 128;
const reductions = [true, false, true];
const topology: CellTopology = { inputs: 1, nodes: 2, concat: [1, 2], kept: 'all' };

const schema = z.strictObject({
  name: z.literal('tangle_cell'),
  /** Channels of the first two cells; the third has twice as many. Default 32. */
  channels: z.int().min(1).max(1024).default(32),
  /** Options of every edge. Default: separable and dilated convolutions, 3×3 and 5×5. */
  primitives: edgeOptions
    .refine((names) => !names.includes('none'), { error: 'none is not allowed: every edge is kept' })
    .default([...TOY_CELL_PRIMITIVES]),
});

defineSpace({
  name: 'tangle_cell',
  summary:
    'TangleNAS’ toy cell space as published: three small cells without a stem, max pooling, a classifier of two layers',
  source: 'Sukthanker et al. 2023, appendix C, and the authors’ code',
  schema,
  topology: () => topology,
  affine: false,
  width: ({ channels }) => channels,
  resize: (definition, size) => ({ ...definition, channels: size.channels ?? definition.channels }),
  images: () => ({ halvings: 3, least: 5, even: false }),
  choices: ({ primitives }) => ['normal', 'reduce'].flatMap((group) => edgeChoices(group, topology, () => primitives)),
  build(builder, { channels }) {
    let last = builder.input;
    reductions.forEach((reduction, index) => {
      const before = last;
      const width = index === 2 ? 2 * channels : channels;
      const cell = builder.cell(`cell${index}`, [before], ([input = before]) => {
        const states = [preprocessed(builder, input, input, width)];
        return cellNodes(builder, reduction ? 'reduce' : 'normal', states, { nodes: 2, reduction }).slice(1);
      });
      last = builder.apply('dropout', cell, { rate: DROPOUT }, `dropout${index}`);
    });
    const pooled = builder.apply('max_pool', last, { size: 2 }, 'pool');
    const flat = builder.apply('flatten', pooled, {}, 'flat');
    const hidden = builder.apply('relu', builder.apply('linear', flat, { features: HIDDEN }, 'hidden'), {}, 'relu');
    const dropped = builder.apply('dropout', hidden, { rate: DROPOUT }, 'dropout');
    return builder.apply('linear', dropped, { features: builder.outputs }, 'classifier');
  },
});
