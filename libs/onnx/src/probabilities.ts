/** Whether a model gives logits or probabilities. */
export type OutputKind = 'logits' | 'probabilities';

/**
 * Probabilities: rows of values from 0 to 1 that add up to 1, within rounding. Logits: anything
 * else.
 */
export function outputKind(scores: Float32Array, classes: number): OutputKind {
  for (let start = 0; start < scores.length; start += classes) {
    let sum = 0;
    for (const value of scores.subarray(start, start + classes)) {
      if (!(value >= 0 && value <= 1)) return 'logits';
      sum += value;
    }
    if (Math.abs(sum - 1) > 1e-3) return 'logits';
  }
  return 'probabilities';
}

/** Softmax of one row of logits; a row with a value that is no number gives NaN. */
export function softmax(logits: Float32Array): Float64Array {
  const largest = logits.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  const powers = Float64Array.from(logits, (value) => Math.exp(value - largest));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}
