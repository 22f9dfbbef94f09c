// A table and a page of so many cells are read; whoever wants more reads the scores themselves.
const mostCells = 2500;
const mostScores = 8000;
// A benchmark × benchmark matrix of more than these fills more than a page.
const fewestBenchmarks = 64;

/** How many benchmarks are told one by one in tables and figures: all, or the first of them. */
export function listedBenchmarks(benchmarks: number, methods: number): number {
  const most = Math.max(fewestBenchmarks, Math.floor(mostCells / methods));
  return Math.min(benchmarks, most);
}

/**
 * How many scores of a method on a benchmark are told: all, or some evenly through their order, so
 * that quartiles stay what they are.
 */
export function listedScores(cells: number): number {
  // Of 4q + 1 in order, every q-th is a quartile.
  return 4 * Math.max(1, Math.floor(mostScores / cells / 4)) + 1;
}

/** Whether a benchmark × benchmark matrix is made unasked. */
export function isSmallMatrix(benchmarks: number): boolean {
  return benchmarks <= fewestBenchmarks;
}

/**
 * At most `most` of some scores: the least, the greatest, and those between them evenly through
 * their order; few are left as they are.
 */
export function thinnedScores(scores: Float64Array, most: number): readonly number[] {
  if (scores.length <= most) return Array.from(scores);
  const sorted = scores.slice().sort();
  const step = (sorted.length - 1) / (most - 1);
  return Array.from({ length: most }, (_, at) => sorted[Math.round(at * step)] as number);
}
