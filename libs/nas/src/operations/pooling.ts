import { mapShape } from '../build/value.js';
import { type Strided, stridedShape } from './strided.js';
import { defineOperation } from './table.js';

for (const [short, pool] of [
  ['max', 'max'],
  ['avg', 'average'],
] as const) {
  defineOperation<Strided>({
    kind: 'fused',
    name: `${short}_pool_3x3`,
    summary: `3×3 ${pool} pooling; while searching DARTS-like spaces a norm follows`,
    edge: true,
    staged: false,
    shape: stridedShape,
    lower: ({ input: { channels }, style, bank }, { stride = 1 }) => ({
      kind: 'pool',
      pool,
      size: 3,
      stride,
      padding: 1,
      ...(style.poolNorm ? { norm: bank.norm(channels, style.affine) } : {}),
    }),
  });
}

defineOperation({
  kind: 'fused',
  name: 'avg_pool_2x2',
  summary: '2×2 average pooling at stride 2',
  staged: false,
  shape([input]) {
    const { height, width, channels } = mapShape(input ?? []);
    return [Math.floor(height / 2), Math.floor(width / 2), channels];
  },
  lower: () => ({ kind: 'pool', pool: 'average', size: 2, stride: 2, padding: 0 }),
});
