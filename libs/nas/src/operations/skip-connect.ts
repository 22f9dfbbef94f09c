import { factorizedReduce } from './factorized-reduce.js';
import { type Strided, stridedShape } from './strided.js';
import { defineOperation } from './table.js';

defineOperation<Strided>({
  kind: 'fused',
  name: 'skip_connect',
  summary: 'the state itself; at stride 2 a factorized reduction',
  edge: true,
  staged: false,
  shape: stridedShape,
  lower: ({ input: { channels }, style, bank }, { stride = 1 }) =>
    stride === 1 ? { kind: 'identity' } : factorizedReduce(channels, channels, bank, style.affine),
});
