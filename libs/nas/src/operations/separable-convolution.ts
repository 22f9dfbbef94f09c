import { separableStage } from './stages.js';
import { type Strided, stridedShape } from './strided.js';
import { defineOperation } from './table.js';

for (const size of [3, 5, 7] as const) {
  defineOperation<Strided>({
    kind: 'fused',
    name: `sep_conv_${size}x${size}`,
    summary: `twice ReLU, depthwise ${size}×${size}, 1×1 convolution, norm (Liu et al. 2019)`,
    edge: true,
    staged: true,
    shape: stridedShape,
    lower({ input: { channels }, style, bank }, { stride = 1 }) {
      const stage = (at: 1 | 2) => separableStage(size, at, 1, channels, bank, style.affine);
      return { kind: 'chain', stages: [stage(stride), stage(1)] };
    },
  });
}
