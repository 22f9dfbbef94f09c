import { z } from 'zod';
import { type Fault, refuse } from '../errors.js';
import { cellNodes, edgeChoices, preprocessed, stem } from './cell-edges.js';
import { channelsOption, edgeOptions } from './edge-operations.js';
import { defineSpace } from './registry.js';
import type { CellTopology } from './search-space.js';

/** Operations of the toy cell space (Sukthanker et al. 2023, appendix C). */
export const TOY_CELL_PRIMITIVES = ['sep_conv_3x3', 'sep_conv_5x5', 'dil_conv_3x3', 'dil_conv_5x5'] as const;

const schema = z.strictObject({
  name: z.literal('toy_cell'),
  /** Channels of the stem; doubled by each reduction cell. Default 16. */
  channels: channelsOption,
  /** Options of every edge. Default: separable and dilated convolutions, 3×3 and 5×5. */
  primitives: edgeOptions
    .refine((names) => !names.includes('none'), { error: 'none is not allowed: every edge is kept' })
    .default([...TOY_CELL_PRIMITIVES]),
});

const reductions = [true, false, true];
const cellTopology: CellTopology = { inputs: 1, nodes: 2, concat: [1, 2], kept: 'all' };

defineSpace({
  name: 'toy_cell',
  summary:
    'a small example: three cells of three edges behind a stem, the cells of TangleNAS’ toy space in a network of our own',
  source: 'cells as Sukthanker et al. 2023, appendix C; the network around them is not theirs: see tangle_cell',
  schema,
  notation: 'tuple',
  topology: () => cellTopology,
  poolNorm: true,
  auxiliary: true,
  width: ({ channels }) => channels,
  resize(definition, { cells, channels }) {
    const faults: Fault[] = [];
    if (cells !== undefined && cells !== reductions.length) {
      faults.push({ path: 'cells', message: `found ${cells}; networks of toy_cell have 3 cells` });
    }
    refuse('invalid_space', faults);
    return { ...definition, channels: channels ?? definition.channels };
  },
  images: () => ({ halvings: 2, least: 3, even: false }),
  choices: ({ primitives }) =>
    ['normal', 'reduce'].flatMap((group) => edgeChoices(group, cellTopology, () => primitives)),
  build(builder, { channels }) {
    let last = stem(builder, channels);
    let width = channels;
    reductions.forEach((reduction, index) => {
      if (reduction) width *= 2;
      const before = last;
      last = builder.cell(`cell${index}`, [before], ([input = before]) => {
        const states = [preprocessed(builder, input, input, width)];
        return cellNodes(builder, reduction ? 'reduce' : 'normal', states, { nodes: 2, reduction }).slice(1);
      });
    });
    return builder.classify(last, { norm: false, relu: false });
  },
});
