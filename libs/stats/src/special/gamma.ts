const HALF_LOG_TWO_PI = 0.9189385332046727;

/**
 * Error of Stirling's formula, δ(x) = ln Γ(x + 1) − (x + ½) ln x + x − ½ ln 2π, for x > 0.
 *
 * From 16 on the asymptotic series (DLMF 5.11.1); below, Γ(x + 1) = Γ(x + m + 1) / ((x + 1) ⋯ (x +
 * m)) lifts the argument there first.
 */
export function stirlingError(x: number): number {
  if (x >= 16) {
    const inverse = 1 / (x * x);
    return (
      (1 / 12 -
        inverse *
          (1 / 360 - inverse * (1 / 1260 - inverse * (1 / 1680 - inverse * (1 / 1188 - (inverse * 691) / 360360))))) /
      x
    );
  }
  let product = 1;
  let lifted = x;
  while (lifted < 16) {
    lifted += 1;
    product *= lifted;
  }
  return (
    stirlingError(lifted) +
    (lifted + 0.5) * Math.log(lifted) -
    Math.log(product) -
    (x + 0.5) * Math.log(x) +
    (x - lifted)
  );
}

/** ln Γ(x) for x > 0. */
export function logGamma(x: number): number {
  return stirlingError(x) + (x - 0.5) * Math.log(x) - x + HALF_LOG_TWO_PI;
}

/**
 * Deviance x ln(x / m) + m − x for x, m > 0, without cancellation when x is near m
 * (Loader 2000, "Fast and accurate computation of binomial probabilities").
 */
export function deviance(x: number, m: number): number {
  const difference = x - m;
  if (Math.abs(difference) >= 0.1 * (x + m)) return x * Math.log(x / m) + m - x;
  // With v = (x − m)/(x + m): ln(x/m) = 2 (v + v³/3 + v⁵/5 + …).
  const v = difference / (x + m);
  let sum = difference * v;
  let power = 2 * x * v;
  for (let j = 1; ; j++) {
    power *= v * v;
    const next = sum + power / (2 * j + 1);
    if (next === sum) return sum;
    sum = next;
  }
}
