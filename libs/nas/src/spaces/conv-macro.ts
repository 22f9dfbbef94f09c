import { z } from 'zod';
import type { Value } from '../build/value.js';
import { defineSpace } from './registry.js';

/** Channels of each layer (Sukthanker et al. 2023, table 16). */
const CHANNELS = [
  [8, 16, 32],
  [16, 32, 64],
  [32, 64, 128],
  [64, 128, 256],
];
const DROPOUT = 0.5;

const different = (numbers: readonly number[]): boolean => new Set(numbers).size === numbers.length;
const twice = { error: 'the same number twice' };
const width = z.int().min(1).max(4096);

const schema = z.strictObject({
  name: z.literal('conv_macro'),
  /** Sides of the kernels of every layer, odd. Default 3, 5, 7. */
  kernels: z
    .array(z.int().min(1).max(15))
    .min(1)
    .refine(different, twice)
    .refine((sizes) => sizes.every((size) => size % 2 === 1), { error: 'kernels have a middle: odd numbers only' })
    .default([3, 5, 7]),
  /**
   * Channels of each of the four layers; as many options in each. Default: 8, 16, 32; 16, 32, 64;
   * 32, 64, 128; 64, 128, 256.
   */
  channels: z.array(z.array(width).min(1).refine(different, twice)).length(4).default(CHANNELS),
  /** Channels of the fixed 7×7 convolution behind them. Default 256. */
  last: width.default(256),
  /** Hidden layers of the classifier. Default 256, 128, 64. */
  hidden: z.array(width).max(8).default([256, 128, 64]),
});

const names = (numbers: readonly number[]): readonly string[] => numbers.map(String);

defineSpace({
  name: 'conv_macro',
  summary: 'TangleNAS’ toy macro space: kernel and channels of four convolutions, with bias and without norms',
  source: 'Sukthanker et al. 2023, appendix C, table 16, and the authors’ code',
  schema,
  // Two poolings by half, and a 7×7 window with padding 2 on what is left.
  images: () => ({ halvings: 2, least: 12, even: false }),
  choices: ({ kernels, channels }) => [
    ...channels.map((_, layer) => ({ id: `layer${layer + 1}.kernel`, group: 'kernel', options: names(kernels) })),
    ...channels.map((own, layer) => ({ id: `layer${layer + 1}.channels`, group: 'channels', options: names(own) })),
  ],
  build(builder, { last: channels, hidden }) {
    let last = builder.input;
    const layer = (number: number): Value => {
      const from = last;
      const made = builder.elastic({ size: `layer${number}.kernel`, channels: `layer${number}.channels` }, (picked) =>
        builder.apply('convolution', from, { ...sizeOf(picked), bias: true }, `layer${number}`),
      );
      return builder.apply('relu', made, {}, `relu${number}`);
    };
    last = layer(1);
    last = builder.apply('max_pool', layer(2), { size: 2 }, 'pool1');
    last = builder.apply('channel_dropout', layer(3), { rate: DROPOUT }, 'dropout1');
    last = builder.apply('max_pool', last, { size: 2 }, 'pool2');
    last = builder.apply('convolution', layer(4), { size: 7, channels, padding: 2, bias: true }, 'last');
    last = builder.apply('channel_dropout', last, { rate: DROPOUT }, 'dropout2');
    last = builder.apply('flatten', last, {}, 'flat');
    hidden.forEach((features, index) => {
      const made = builder.apply('linear', last, { features }, `hidden${index + 1}`);
      last = builder.apply('relu', made, {}, `hidden${index + 1}.relu`);
    });
    return builder.apply('linear', last, { features: builder.outputs }, 'classifier');
  },
});

function sizeOf({ size = 0, channels = 0 }: Readonly<Record<string, number>>): { size: number; channels: number } {
  return { size, channels };
}
