/** Fastest of several runs, in milliseconds. */
export async function measure(work: () => unknown, repeat: number): Promise<number> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < repeat; run++) {
    const start = performance.now();
    await work();
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
