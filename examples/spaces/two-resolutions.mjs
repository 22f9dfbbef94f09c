// A space of two branches: one looks at the image as it is, the other at a smaller copy and
// enlarges what it finds; both stand side by side. Decided are the operation of each branch, how
// much smaller the second one looks, and the width of the convolution behind them.

/** @param {import('@oneshot/nas').ModuleApi} api */
export default ({ z }) => {
  const operations = ['skip_connect', 'nor_conv_1x1', 'nor_conv_3x3', 'sep_conv_3x3'];
  const schema = z.strictObject({
    name: z.literal('two_resolutions'),
    /** Blocks, one behind the other. Default 2. */
    blocks: z.int().min(1).max(8).default(2),
    /** Channels of each branch. Default 8. */
    channels: z.int().min(1).max(256).default(8),
    /** Channels behind a block, as multiples of those of a branch. Default 1, 2. */
    widths: z.array(z.int().min(1).max(8)).min(1).default([1, 2]),
  });
  const numbers = ({ blocks }) => Array.from({ length: blocks }, (_, block) => block + 1);
  return {
    name: 'two_resolutions',
    summary: 'two branches at two resolutions, side by side',
    source: 'an example of this project',
    schema,
    width: ({ channels }) => channels,
    resize: (definition, size) => ({
      ...definition,
      blocks: size.cells ?? definition.blocks,
      channels: size.channels ?? definition.channels,
    }),
    // Branches are made smaller by up to 4, and fit together again only where nothing is left over.
    images: () => ({ halvings: 2, least: 4, even: true }),
    choices: (definition) =>
      numbers(definition).flatMap((block) => [
        { id: `block${block}.fine`, group: 'operation', options: operations },
        { id: `block${block}.coarse`, group: 'operation', options: operations },
        { id: `block${block}.scale`, group: 'scale', options: ['2', '4'] },
        { id: `block${block}.width`, group: 'width', options: definition.widths.map(String) },
      ]),
    build(builder, definition) {
      const { channels } = definition;
      let last = builder.apply('convolution', builder.input, { size: 3, channels }, 'stem');
      for (const block of numbers(definition)) {
        last = builder.named(`block${block}`, () => {
          const from = builder.apply('convolution', last, { size: 1, channels }, 'enter');
          const fine = builder.choose(`block${block}.fine`, (option) => builder.apply(option, from));
          const coarse = builder.choose(`block${block}.scale`, (scale) => {
            const factor = Number(scale);
            const small = builder.apply('avg_pool', from, { size: factor }, 'smaller');
            const seen = builder.apply('convolution', small, { size: 3, channels }, 'look');
            return builder.apply('upsample', seen, { factor }, 'larger');
          });
          const refined = builder.choose(`block${block}.coarse`, (option) => builder.apply(option, coarse));
          const both = builder.concat([fine, refined]);
          const made = builder.elastic({ width: `block${block}.width` }, ({ width }) =>
            builder.apply('convolution', both, { size: 1, channels: width * channels }, 'leave'),
          );
          return builder.apply('relu', builder.apply('batch_norm', made, {}, 'norm'), {}, 'active');
        });
      }
      return builder.classify(last, { norm: false, relu: false });
    },
  };
};
