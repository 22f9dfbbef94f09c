/**
 * Root of an increasing continuous function, to the last bits: the bracket is widened until it
 * holds the root, then narrowed by inverse quadratic interpolation or halving (Chandrupatla 1997).
 *
 * @param low, high a first guess of the bracket, low < high; the root may lie beside it
 */
export function increasingRoot(f: (x: number) => number, low: number, high: number): number {
  let a = low;
  let fa = f(a);
  let b = high;
  let fb = f(b);
  for (let width = high - low; fa > 0; width *= 2) {
    [b, fb] = [a, fa];
    a -= width;
    fa = f(a);
  }
  for (let width = high - low; fb < 0; width *= 2) {
    [a, fa] = [b, fb];
    b += width;
    fb = f(b);
  }
  return narrowed(f, b, fb, a, fa);
}

/** The newest point is x1; x2 lies on the other side of the root; x3 is the one before. */
function narrowed(f: (x: number) => number, newest: number, fNewest: number, other: number, fOther: number): number {
  let [x1, f1, x2, f2] = [newest, fNewest, other, fOther];
  for (let t = 0.5; ; ) {
    const x = x1 + t * (x2 - x1);
    const fx = f(x);
    let [x3, f3] = [x1, f1];
    if (fx > 0 !== f1 > 0) [x3, f3, x2, f2] = [x2, f2, x1, f1];
    [x1, f1] = [x, fx];
    const best = Math.abs(f1) < Math.abs(f2) ? x1 : x2;
    const limit = (2 * Number.EPSILON * Math.abs(best) + 1e-300) / Math.abs(x2 - x1);
    if (f1 === 0 || !(limit < 0.5)) return best;
    const xi = (x1 - x2) / (x3 - x2);
    const phi = (f1 - f2) / (f3 - f2);
    const interpolates = phi ** 2 < xi && (1 - phi) ** 2 < 1 - xi;
    const step = (f1 / (f2 - f1)) * (f3 / (f2 - f3)) + ((x3 - x1) / (x2 - x1)) * (f1 / (f3 - f1)) * (f2 / (f3 - f2));
    t = Math.min(1 - limit, Math.max(limit, interpolates ? step : 0.5));
  }
}
