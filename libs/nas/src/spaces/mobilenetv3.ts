import { z } from 'zod';
import type { Value } from '../build/value.js';
import type { ChoiceDeclaration } from './choice.js';
import { divisible, mobileBlock } from './mobile-block.js';
import { defineSpace } from './registry.js';

/**
 * Stages behind the first block (Cai et al. 2020, code): channels before the width multiplier,
 * stride, activation, squeeze-and-excitation.
 */
const STAGES = [
  { channels: 24, stride: 2, activation: 'relu', squeezeExcite: false },
  { channels: 40, stride: 2, activation: 'relu', squeezeExcite: true },
  { channels: 80, stride: 2, activation: 'hard_swish', squeezeExcite: false },
  { channels: 112, stride: 1, activation: 'hard_swish', squeezeExcite: true },
  { channels: 160, stride: 2, activation: 'hard_swish', squeezeExcite: true },
] as const;
const STEM = 16;
const WIDE = 960;
const FEATURES = 1280;
const DROPOUT = 0.1;

const some = (numbers: readonly [number, ...number[]], check: z.ZodType<number>) =>
  z
    .array(check)
    .min(1)
    .refine((each) => new Set(each).size === each.length, { error: 'the same number twice' })
    .default([...numbers]);

const schema = z.strictObject({
  name: z.literal('mobilenetv3'),
  /** Kernels of the depthwise convolutions. Default 3, 5, 7. */
  kernels: some(
    [3, 5, 7],
    z
      .int()
      .min(1)
      .max(15)
      .refine((size) => size % 2 === 1, { error: 'kernels have a middle: odd numbers only' }),
  ),
  /** Channels inside a block as a multiple of those that come in. Default 3, 4, 6. */
  expansions: some([3, 4, 6], z.number().min(1).max(16)),
  /** Blocks of a stage. Default 2, 3, 4. */
  depths: some([2, 3, 4], z.int().min(1).max(16)),
  /** All channels are multiplied by it. Default 1. */
  width: z.number().min(0.1).max(8).default(1),
});

type Definition = z.infer<typeof schema>;

const blockId = (stage: number, block: number): string => `stage${stage + 1}.block${block + 1}`;

defineSpace<Definition>({
  name: 'mobilenetv3',
  summary: 'kernel and expansion of every inverted residual block, and the depth of five stages',
  source: 'Howard et al. 2019; Cai et al. 2020 (OFA), and the authors’ code',
  schema,
  images: () => ({ halvings: 0, least: 1, even: false }),
  choices({ kernels, expansions, depths }) {
    const blocks = STAGES.flatMap((_, stage) =>
      Array.from({ length: Math.max(...depths) }, (__, block) => blockId(stage, block)),
    );
    const choice = (id: string, group: string, options: readonly number[]): ChoiceDeclaration => ({
      id,
      group,
      options: options.map(String),
    });
    return [
      ...STAGES.map((_, stage) => choice(`stage${stage + 1}.depth`, 'depth', depths)),
      ...blocks.map((id) => choice(`${id}.kernel`, 'kernel', kernels)),
      ...blocks.map((id) => choice(`${id}.expansion`, 'expansion', expansions)),
    ];
  },
  relevant: (_, selection) => (id) => {
    const match = /^(stage\d+)\.block(\d+)\./.exec(id);
    if (match === null) return true;
    const [, stage, block] = match;
    return Number(block) <= Math.max(...(selection.get(`${stage}.depth`) ?? []).map(Number));
  },
  build(builder, { depths, width }) {
    const scaled = (channels: number): number => divisible(channels * width);
    const normed = (from: Value, options: { size: number; stride?: number; channels: number }, name: string): Value => {
      const made = builder.apply('convolution', from, options, name);
      return builder.apply('batch_norm', made, { activation: 'hard_swish' }, `${name}.norm`);
    };
    let last = normed(builder.input, { size: 3, stride: 2, channels: scaled(STEM) }, 'stem');
    const first = { size: 3, stride: 1, activation: 'relu', squeezeExcite: false, expand: false } as const;
    last = builder.named('first', () =>
      mobileBlock(builder, last, { ...first, middle: scaled(STEM), channels: scaled(STEM) }),
    );
    STAGES.forEach(({ channels, stride, activation, squeezeExcite }, stage) => {
      const reached: Value[] = [];
      for (let block = 0; block < Math.max(...depths); block++) {
        const from = last;
        const id = blockId(stage, block);
        last = builder.named(id, () =>
          builder.elastic({ size: `${id}.kernel`, expansion: `${id}.expansion` }, ({ size = 3, expansion = 1 }) =>
            mobileBlock(builder, from, {
              size,
              stride: block === 0 ? stride : 1,
              middle: divisible(Math.round((from.shape.at(-1) ?? 0) * expansion)),
              channels: scaled(channels),
              activation,
              squeezeExcite,
            }),
          ),
        );
        reached.push(last);
      }
      const deepest = last;
      last = builder.choose(`stage${stage + 1}.depth`, (depth) => reached[Number(depth) - 1] ?? deepest);
    });
    const pooled = builder.apply(
      'global_average_pool',
      normed(last, { size: 1, channels: scaled(WIDE) }, 'wide'),
      {},
      'pool',
    );
    const mixed = builder.apply('linear', pooled, { features: scaled(FEATURES), bias: false }, 'features');
    const active = builder.apply('hard_swish', mixed, {}, 'features.activation');
    return builder.apply(
      'linear',
      builder.apply('dropout', active, { rate: DROPOUT }, 'dropout'),
      { features: builder.outputs },
      'classifier',
    );
  },
});
