import { type Strided, stridedShape } from './strided.js';
import { defineOperation } from './table.js';

for (const size of [1, 3] as const) {
  defineOperation<Strided>({
    kind: 'fused',
    name: `conv_bn_relu_${size}x${size}`,
    edge: true,
    summary: `${size}×${size} convolution, norm with scale and shift, ReLU (Ying et al. 2019)`,
    staged: true,
    shape: stridedShape,
    lower({ input: { channels }, bank }, { stride = 1 }) {
      const weights = bank.weights(size * size * channels * channels);
      const convolution = { size, stride, channels, weights };
      return {
        kind: 'chain',
        stages: [{ relu: false, convolution, norm: bank.norm(channels, true) }, { relu: true }],
      };
    },
  });
}
