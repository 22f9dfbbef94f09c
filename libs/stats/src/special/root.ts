/**
 * Root of an increasing continuous function, to the last bit: the bracket is doubled until it holds the root,
 * then halved.
 *
 * @param low, high a first guess of the bracket, low < high; it may lie beside the root
 */
export function increasingRoot(f: (x: number) => number, low: number, high: number): number {
  let left = low;
  let right = high;
  for (let width = high - low; f(left) > 0; width *= 2) left -= width;
  for (let width = high - low; f(right) < 0; width *= 2) right += width;
  for (;;) {
    const middle = left + (right - left) / 2;
    if (middle <= left || middle >= right) return middle;
    if (f(middle) < 0) left = middle;
    else right = middle;
  }
}
