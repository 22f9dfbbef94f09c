import { z } from 'zod';
import type { Builder } from '../build/builder.js';
import type { Value } from '../build/value.js';
import { reductionsAt, resizedCells } from './cell-edges.js';
import type { ChoiceDeclaration } from './choice.js';
import { channelsOption } from './edge-operations.js';
import { defineSpace } from './registry.js';

/**
 * Parents that each block keeps, and those of the output (Zela et al. 2020b, section 3.2; authors'
 * code). States are numbered from the cell's input, 0. A block that keeps all there are decides
 * nothing.
 */
const PARENTS = {
  1: { blocks: [1, 2, 2, 2], output: 2 },
  2: { blocks: [1, 1, 2, 2], output: 3 },
  3: { blocks: [1, 1, 1, 2, 2], output: 2 },
} as const;

const OPERATIONS = ['max_pool_3x3', 'conv_bn_relu_3x3', 'conv_bn_relu_1x1'] as const;
/** With skip connections instead of 1×1 convolutions (Wang et al., ROME, figure 4). */
const OPERATIONS_WITH_SKIP = ['max_pool_3x3', 'conv_bn_relu_3x3', 'skip_connect'] as const;

const schema = z.strictObject({
  name: z.literal('nasbench1shot1'),
  /** Which of the three spaces: they differ in blocks per cell and parents per block. Default 1. */
  subspace: z.union([z.literal(1), z.literal(2), z.literal(3)]).default(1),
  /**
   * Skip connections as an option in place of the 1×1 convolution (ROME, figure 4). Default: as
   * published, without.
   */
  skip: z.literal(true).optional(),
  /**
   * Cells; the map is halved and channels doubled at one and two thirds of the depth. Default 9.
   */
  cells: z.int().min(1).max(32).default(9),
  /** Channels of the first cells. Default 16. */
  channels: channelsOption,
});

type Definition = z.infer<typeof schema>;

const operationsOf = ({ skip }: Definition): readonly string[] => (skip === true ? OPERATIONS_WITH_SKIP : OPERATIONS);

/** How many states a block could read: the input and every block before it. */
const states = (block: number): readonly string[] => Array.from({ length: block + 1 }, (_, state) => `${state}`);

defineSpace<Definition>({
  name: 'nasbench1shot1',
  summary: 'cells of choice blocks: which operation, which parents, and which blocks reach the output',
  source: 'Zela et al. 2020b, section 3, and the authors’ code',
  schema,
  dropsPaths: true,
  width: ({ channels }) => channels,
  resize: resizedCells,
  images: ({ cells }) => ({ halvings: reductionsAt(cells).length, least: 1, even: false }),
  choices(definition) {
    const { blocks, output } = PARENTS[definition.subspace];
    const options = operationsOf(definition);
    return [
      ...blocks.map(
        (_, block): ChoiceDeclaration => ({ id: `block${block + 1}.operation`, group: 'operation', options }),
      ),
      ...blocks.flatMap((keeps, block): ChoiceDeclaration[] =>
        keeps === block + 1
          ? []
          : [{ id: `block${block + 1}.parents`, group: 'parents', options: states(block), keeps }],
      ),
      { id: 'output.parents', group: 'output', options: states(blocks.length), keeps: output },
    ];
  },
  build(builder, definition) {
    const { cells, channels } = definition;
    const reductions = reductionsAt(cells);
    let last = builder.apply(
      'stage_convolution',
      builder.input,
      { size: 3, channels, relu: false, norm: 'affine', reluAfter: true },
      'stem',
    );
    let width = channels;
    for (let index = 0; index < cells; index++) {
      if (reductions.includes(index)) {
        width *= 2;
        last = builder.apply('max_pool', last, { size: 2, stride: 2, padding: 1 }, `pool${index}`);
      }
      last = cell(builder, `cell${index}`, last, width, definition);
    }
    last = builder.apply('stage_convolution', last, { size: 1, channels: width, norm: 'plain' }, 'postprocess');
    return builder.classify(last, { norm: false, relu: false });
  },
});

/** One cell; edges that leave its input pass a 1×1 convolution, norm and ReLU each. */
function cell(builder: Builder, name: string, input: Value, channels: number, { subspace }: Definition): Value {
  const { blocks } = PARENTS[subspace];
  return builder.cell(name, [input], ([from = input]) => {
    const projected = () =>
      builder.add([
        builder.apply('stage_convolution', from, { size: 1, channels, relu: false, norm: 'affine', reluAfter: true }),
      ]);
    const made: Value[] = [];
    blocks.forEach((keeps, block) => {
      const readable = [projected(), ...made];
      const read =
        keeps === readable.length
          ? builder.add(readable)
          : builder.add([builder.choose(`block${block + 1}.parents`, (state) => readable[Number(state)] ?? from)]);
      made.push(builder.add([builder.choose(`block${block + 1}.operation`, (option) => builder.apply(option, read))]));
    });
    const results = [projected(), ...made];
    return builder.keep('output.parents', (state) => results[Number(state)] ?? from);
  });
}
