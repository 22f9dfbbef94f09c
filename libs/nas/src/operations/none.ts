import { type Strided, stridedShape } from './strided.js';
import { defineOperation } from './table.js';

defineOperation<Strided>({
  kind: 'fused',
  name: 'none',
  summary: 'nothing: the edge contributes zero',
  edge: true,
  staged: false,
  shape: stridedShape,
  lower: () => ({ kind: 'zero' }),
});
