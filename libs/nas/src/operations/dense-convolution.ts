import { denseStage } from './stages.js';
import { type Strided, stridedShape } from './strided.js';
import { defineOperation } from './table.js';

for (const size of [1, 3, 5, 7] as const) {
  defineOperation<Strided>({
    kind: 'fused',
    name: `nor_conv_${size}x${size}`,
    summary: `ReLU, ${size}×${size} convolution, norm (Dong and Yang 2020)`,
    edge: true,
    staged: true,
    shape: stridedShape,
    lower: ({ input: { channels }, style, bank }, { stride = 1 }) => ({
      kind: 'chain',
      stages: [denseStage(size, stride, channels, channels, bank, style.affine)],
    }),
  });
}
