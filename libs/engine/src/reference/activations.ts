import type { ActivationAttributes, BatchNormAttributes } from '../kernels/attributes.js';

/** A function of one number and its slope. */
export interface Activation {
  value(x: number): number;
  slope(x: number): number;
}

const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
// Math.min and Math.max let NaN through.
const hardSigmoid = (x: number): number => Math.max(0, Math.min(1, x / 6 + 0.5));
const hardSlope = (x: number): number => (x > -3 && x < 3 ? 1 / 6 : 0);
const density = (x: number): number => Math.exp((-x * x) / 2) / Math.sqrt(2 * Math.PI);

/**
 * The normal distribution function, by its Taylor series near 0 and its continued fraction
 * (Abramowitz & Stegun 26.2.10, 26.2.14).
 */
function distribution(x: number): number {
  const z = Math.abs(x);
  if (Number.isNaN(x)) return x;
  let upper = 0;
  if (z < 3) {
    let term = z;
    let sum = z;
    for (let n = 1; Math.abs(term) > 1e-17; n++) {
      term *= (z * z) / (2 * n + 1);
      sum += term;
    }
    upper = 0.5 - density(z) * sum;
  } else if (z < 38) {
    let fraction = 0;
    for (let n = 60; n > 0; n--) fraction = n / (z + fraction);
    upper = density(z) / (z + fraction);
  }
  return x > 0 ? 1 - upper : upper;
}

/** The functions by name. */
export const activations: Readonly<Record<ActivationAttributes['function'], Activation>> = {
  hardSigmoid: { value: hardSigmoid, slope: hardSlope },
  hardSwish: { value: (x) => x * hardSigmoid(x), slope: (x) => hardSigmoid(x) + x * hardSlope(x) },
  swish: { value: (x) => x * sigmoid(x), slope: (x) => sigmoid(x) * (1 + x * (1 - sigmoid(x))) },
  gelu: { value: (x) => x * distribution(x), slope: (x) => distribution(x) + x * density(x) },
};

/** What may stand behind a norm. */
export const behindNorm: Readonly<Record<BatchNormAttributes['activation'], Activation>> = {
  none: { value: (x) => x, slope: () => 1 },
  relu: { value: (x) => Math.max(0, x), slope: (x) => (x > 0 ? 1 : 0) },
  hardSwish: activations.hardSwish,
};
