// Coefficients of Cody 1969, "Rational Chebyshev approximations for the error function", highest
// power first.
const CENTRE_P = [0.18577770618460315, 3.1611237438705655, 113.86415415105016, 377.485237685302, 3209.3775891384694];
const CENTRE_Q = [1, 23.601290952344122, 244.02463793444417, 1282.6165260773723, 2844.236833439171];
const MIDDLE_P = [
  2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769,
  1712.0476126340707, 2051.0783778260716, 1230.3393547979972,
];
const MIDDLE_Q = [
  1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597,
  4362.619090143247, 3439.3676741437216, 1230.3393548037495,
];
const TAIL_P = [
  0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275,
  0.0006587491615298378,
];
const TAIL_Q = [
  1, 2.568520192289822, 1.8729528499234604, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918,
];
const INVERSE_ROOT_PI = 0.5641895835477563;

/**
 * Complementary error function (2/√π) ∫ₓ^∞ e^(−t²) dt, after Cody 1969; relative error about 1e-15
 * until it underflows near x = 26.5.
 */
export function erfc(x: number): number {
  const size = Math.abs(x);
  if (size <= 0.46875) return 1 - (x * polynomial(CENTRE_P, x * x)) / polynomial(CENTRE_Q, x * x);
  if (size > 27) return x > 0 ? 0 : 2;
  const tail = expMinusSquare(size) * scaledTail(size);
  return x > 0 ? tail : 2 - tail;
}

function scaledTail(x: number): number {
  if (x <= 4) return polynomial(MIDDLE_P, x) / polynomial(MIDDLE_Q, x);
  const inverse = 1 / (x * x);
  return (INVERSE_ROOT_PI - (inverse * polynomial(TAIL_P, inverse)) / polynomial(TAIL_Q, inverse)) / x;
}

/**
 * e^(−x²): the square is split at 1/16, because its rounding error would be multiplied by the
 * square itself.
 */
function expMinusSquare(x: number): number {
  const high = Math.trunc(x * 16) / 16;
  return Math.exp(-high * high) * Math.exp(-(x - high) * (x + high));
}

function polynomial(coefficients: readonly number[], x: number): number {
  let value = 0;
  for (let i = 0; i < coefficients.length; i++) value = value * x + (coefficients[i] as number);
  return value;
}
