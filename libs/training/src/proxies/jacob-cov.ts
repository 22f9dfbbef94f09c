import { dispose, read, sum, valueAndGradients, variable } from '@oneshot/engine';
import { EigenvalueDecomposition, Matrix } from 'ml-matrix';
import { pathRunner } from '../search/path-runner.js';

import { defineProxy } from './proxy.js';

/** Keeps logarithms of eigenvalues finite, as the authors have it. */
const LEAST = 1e-5;

defineProxy({
  name: 'jacob_cov',
  summary:
    'how little the Jacobians of different images are correlated: −Σ (ln(λ + k) + 1/(λ + k)) of their correlations',
  source: 'Mellor et al. 2021 (first version), equation 4; Abdelfattah et al. 2021, section 3.1',
  prepare: ({ model, batch }) => ({
    score(selection) {
      const input = variable(read(batch.input).slice(), batch.input.shape, 'input');
      const { gradients } = valueAndGradients(() => sum(pathRunner(model, selection)(input.value).logits), [input]);
      const [jacobian] = gradients;
      const score = jacobian === undefined ? Number.NEGATIVE_INFINITY : spread(read(jacobian), batch.count);
      dispose(...gradients);
      input.dispose();
      return score;
    },
  }),
});

/** @param rows one per image, row-major */
function spread(rows: Float32Array, images: number): number {
  const length = rows.length / images;
  const centred = Array.from({ length: images }, (_, image) => {
    const row = Float64Array.from(rows.subarray(image * length, (image + 1) * length));
    const mean = row.reduce((total, value) => total + value, 0) / length;
    return row.map((value) => value - mean);
  });
  const product = (a: Float64Array, b: Float64Array): number =>
    a.reduce((total, value, index) => total + value * (b[index] ?? 0), 0);
  const norms = centred.map((row) => Math.sqrt(product(row, row)));
  if (norms.some((norm) => norm === 0)) return Number.NEGATIVE_INFINITY;
  const correlations = centred.map((row, i) =>
    centred.map((other, j) => product(row, other) / ((norms[i] ?? 1) * (norms[j] ?? 1))),
  );
  const { realEigenvalues } = new EigenvalueDecomposition(new Matrix(correlations), { assumeSymmetric: true });
  // Rounding may leave an eigenvalue of 0 a little below it.
  return -realEigenvalues
    .map((value) => Math.max(value, 0) + LEAST)
    .reduce((total, value) => total + Math.log(value) + 1 / value, 0);
}
