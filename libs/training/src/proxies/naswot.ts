import { dispose, observeRelus, read, tidy } from '@oneshot/engine';
import { LuDecomposition, Matrix } from 'ml-matrix';
import { pathRunner } from '../search/path-runner.js';

import { defineProxy } from './proxy.js';

defineProxy({
  name: 'naswot',
  summary: 'how differently images pass the ReLUs: ln |det K|, K the number of ReLUs in which two images agree',
  source: 'Mellor et al. 2021, equation 3 and section 3',
  prepare: ({ model, batch: { input, count } }) => ({
    score(selection) {
      const agreeing = Array.from({ length: count }, () => new Float64Array(count));
      let seen = false;
      tidy(() => {
        const output = observeRelus(
          () => pathRunner(model, selection)(input).logits,
          (rectified) => {
            seen = true;
            countAgreeing(read(rectified), agreeing);
          },
        );
        dispose(output);
      });
      if (!seen) return Number.NEGATIVE_INFINITY;
      return logDeterminant(agreeing);
    },
  }),
});

/** Adds, for each pair of images, the units that are on or off in both. */
function countAgreeing(values: Float32Array, agreeing: readonly Float64Array[]): void {
  const images = agreeing.length;
  const units = values.length / images;
  // Images as bits of one word per 32 of them would save little: the loop over units dominates.
  const on = Uint8Array.from(values, (value) => (value > 0 ? 1 : 0));
  for (let first = 0; first < images; first++) {
    const row = agreeing[first] ?? new Float64Array(0);
    for (let second = first; second < images; second++) {
      let same = 0;
      for (let unit = 0; unit < units; unit++) {
        same += on[first * units + unit] === on[second * units + unit] ? 1 : 0;
      }
      row[second] = (row[second] ?? 0) + same;
      const mirrored = agreeing[second];
      if (mirrored !== undefined && second !== first) mirrored[first] = row[second] ?? 0;
    }
  }
}

function logDeterminant(rows: readonly Float64Array[]): number {
  const { upperTriangularMatrix } = new LuDecomposition(new Matrix(rows.map((row) => [...row])));
  return upperTriangularMatrix.diagonal().reduce((total, value) => total + Math.log(Math.abs(value)), 0);
}
