/** Smallest argument at which the asymptotic series reach double precision. */
const ASYMPTOTIC_FROM = 10;

/** ln Γ(x) for x > 0: recurrence, then Stirling's series (Abramowitz and Stegun 6.1.41). */
export function logGamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < ASYMPTOTIC_FROM; z++) shift += Math.log(z);
  const w = 1 / (z * z);
  const series = (1 / 12 - w * (1 / 360 - w * (1 / 1260 - w * (1 / 1680 - w * (1 / 1188 - (w * 691) / 360360))))) / z;
  return (z - 0.5) * Math.log(z) - z + 0.5 * Math.log(2 * Math.PI) + series - shift;
}

/** ψ(x) for x > 0 (Abramowitz and Stegun 6.3.5, 6.3.18). */
export function digamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < ASYMPTOTIC_FROM; z++) shift += 1 / z;
  const w = 1 / (z * z);
  const series = w * (1 / 12 - w * (1 / 120 - w * (1 / 252 - w * (1 / 240 - w * (1 / 132 - (w * 691) / 32760)))));
  return Math.log(z) - 0.5 / z - series - shift;
}

/** ψ′(x) for x > 0 (Abramowitz and Stegun 6.4.6, 6.4.12). */
export function trigamma(x: number): number {
  let shift = 0;
  let z = x;
  for (; z < ASYMPTOTIC_FROM; z++) shift += 1 / (z * z);
  const w = 1 / (z * z);
  const series = w * (1 / 6 - w * (1 / 30 - w * (1 / 42 - w * (1 / 30 - w * (5 / 66 - (w * 691) / 2730)))));
  return shift + (1 + 0.5 / z + series) / z;
}
