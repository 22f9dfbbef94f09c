import { separableStage } from './stages.js';
import { type Strided, stridedShape } from './strided.js';
import { defineOperation } from './table.js';

for (const size of [3, 5] as const) {
  defineOperation<Strided>({
    kind: 'fused',
    name: `dil_conv_${size}x${size}`,
    summary: `ReLU, depthwise ${size}×${size} at dilation 2, 1×1 convolution, norm (Liu et al. 2019)`,
    edge: true,
    staged: true,
    shape: stridedShape,
    lower: ({ input: { channels }, style, bank }, { stride = 1 }) => ({
      kind: 'chain',
      stages: [separableStage(size, stride, 2, channels, bank, style.affine)],
    }),
  });
}
