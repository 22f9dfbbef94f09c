/**
 * The logarithmic derivative of the gamma function for x > 0 (recurrence up to 10, then the
 * asymptotic series, DLMF 5.11.2).
 */
export function digamma(x: number): number {
  let shifted = x;
  let sum = 0;
  while (shifted < 10) sum -= 1 / shifted++;
  const square = 1 / (shifted * shifted);
  const series =
    square *
    (1 / 12 -
      square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square * (1 / 132 - (square * 691) / 32760)))));
  return sum + Math.log(shifted) - 0.5 / shifted - series;
}
