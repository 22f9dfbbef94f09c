import { invalidArgument } from '../errors.js';

const open = (word: number): number => (word + 0.5) / 2 ** 32;

/**
 * Logarithms of gamma samples (scale 1) by Marsaglia and Tsang 2000, "A simple method for
 * generating gamma variables". Every proposal has words of its own, so a rejection in one element
 * moves no other.
 * @param words four random words for an element and an attempt
 */
export function gammaLogSamples(
  shape: Float64Array,
  words: (element: number, attempt: number) => Uint32Array,
): Float64Array {
  return shape.map((a, element) => {
    if (!(a > 0) || a === Number.POSITIVE_INFINITY) {
      invalidArgument(`shape[${element}]`, `expected a number above 0, found ${a}`);
    }
    // Below 1, a sample of shape a + 1 times u^(1/a) has shape a (section 6 of the paper).
    const d = (a < 1 ? a + 1 : a) - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (let attempt = 0; ; attempt++) {
      const [w0 = 0, w1 = 0, w2 = 0, w3 = 0] = words(element, attempt);
      const normal = Math.sqrt(-2 * Math.log(open(w0))) * Math.cos(2 * Math.PI * open(w1));
      const v = (1 + c * normal) ** 3;
      if (v <= 0 || Math.log(open(w2)) >= 0.5 * normal * normal + d * (1 - v + Math.log(v))) continue;
      return Math.log(d * v) + (a < 1 ? Math.log(open(w3)) / a : 0);
    }
  });
}
