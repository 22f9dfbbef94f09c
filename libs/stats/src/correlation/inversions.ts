/** Runs of this length are sorted by insertion before merging starts. */
const RUN = 16;

/**
 * Number of pairs i < j with sequence[i] > sequence[j], in O(n log n) by merge sort (Knight 1966).
 * Sorts `sequence` in place.
 */
export function countInversions(sequence: Uint32Array): number {
  const n = sequence.length;
  let inversions = 0;
  for (let start = 0; start < n; start += RUN) inversions += sortRun(sequence, start, Math.min(start + RUN, n));
  let source = sequence;
  let target: Uint32Array = new Uint32Array(n);
  for (let width = RUN; width < n; width *= 2) {
    for (let start = 0; start < n; start += 2 * width) {
      const middle = Math.min(start + width, n);
      const end = Math.min(start + 2 * width, n);
      let left = start;
      let right = middle;
      let at = start;
      while (left < middle && right < end) {
        const a = source[left] as number;
        const b = source[right] as number;
        if (a <= b) {
          target[at++] = a;
          left++;
        } else {
          target[at++] = b;
          right++;
          inversions += middle - left;
        }
      }
      while (left < middle) target[at++] = source[left++] as number;
      while (right < end) target[at++] = source[right++] as number;
    }
    [source, target] = [target, source];
  }
  if (source !== sequence) sequence.set(source);
  return inversions;
}

function sortRun(sequence: Uint32Array, start: number, end: number): number {
  let moves = 0;
  for (let i = start + 1; i < end; i++) {
    const value = sequence[i] as number;
    let at = i;
    while (at > start && (sequence[at - 1] as number) > value) {
      sequence[at] = sequence[at - 1] as number;
      at--;
    }
    sequence[at] = value;
    moves += i - at;
  }
  return moves;
}
