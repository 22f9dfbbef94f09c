import { z } from 'zod';
import type { Builder } from '../build/builder.js';
import type { Value } from '../build/value.js';
import { cellNodes, edgeChoices, resizedCells, stem } from './cell-edges.js';
import { channelsOption, edgeOptions } from './edge-operations.js';
import { defineSpace } from './registry.js';
import type { CellTopology } from './search-space.js';

/** Operations of NAS-Bench-201 (Dong and Yang 2020), in its order. */
export const NASBENCH201_PRIMITIVES = ['none', 'skip_connect', 'nor_conv_1x1', 'nor_conv_3x3', 'avg_pool_3x3'] as const;

const schema = z.strictObject({
  name: z.literal('nasbench201'),
  /** Cells per stage. Default 5. */
  cells: z.int().min(1).max(32).default(5),
  /** Stages; channels double from one to the next. Default 3. */
  stages: z.int().min(1).max(5).default(3),
  /** Channels of the first stage. Default 16. */
  channels: channelsOption,
  /** Options of every edge. Default: the five of NAS-Bench-201. */
  primitives: edgeOptions.default([...NASBENCH201_PRIMITIVES]),
});

const cellTopology: CellTopology = { inputs: 1, nodes: 3, concat: [3], kept: 'all' };

defineSpace({
  name: 'nasbench201',
  summary: 'cells of six edges, every edge kept, in stages with residual blocks between them',
  source: 'Dong and Yang 2020, section 2',
  schema,
  notation: 'bars',
  topology: () => cellTopology,
  width: ({ channels }) => channels,
  auxiliary: true,
  resize: resizedCells,
  images: ({ stages }) => ({ halvings: stages - 1, least: 2 ** (stages - 1), even: true }),
  choices: ({ primitives }) => edgeChoices('cell', cellTopology, () => primitives),
  build(builder, { cells, stages, channels }) {
    let last = stem(builder, channels);
    let blocks = 1;
    let number = 0;
    for (let stage = 0; stage < stages; stage++) {
      if (stage > 0) last = residual(builder, `residual${blocks++}`, last, channels * 2 ** stage);
      for (let cell = 0; cell < cells; cell++) {
        blocks += 1;
        last = builder.cell(`cell${number++}`, [last], (inputs) =>
          cellNodes(builder, 'cell', inputs, { nodes: 3, reduction: false }).slice(3),
        );
      }
    }
    return builder.classify(last, { norm: true, relu: true });
  },
});

/**
 * Basic residual block at stride 2: two 3×3 convolutions beside 2×2 average pooling and a 1×1
 * convolution.
 */
function residual(builder: Builder, name: string, input: Value, channels: number): Value {
  return builder.cell(name, [input], ([state = input]) => {
    const pooled = builder.add([builder.apply('avg_pool_2x2', state)]);
    const narrow = builder.apply('stage_convolution', state, { size: 3, stride: 2, channels });
    const body = builder.apply('stage_convolution', narrow, { size: 3, channels });
    const shortcut = builder.apply('stage_convolution', pooled, { size: 1, channels, relu: false, norm: 'none' });
    return [builder.add([body, shortcut])];
  });
}
