const longest = 40;
const shortest = 8;

/**
 * A bar with its share and what else is known, such as
 * `████████░░░░░░░░  50 %  31.4 steps/s  0:12 left`.
 *
 * @param fraction done, from 0 to 1
 * @param width of the terminal in characters; the bar gets shorter for what stands beside it
 */
export function progressBar(fraction: number, notes: readonly string[], width: number): string {
  const share = `${String(Math.floor(100 * fraction)).padStart(3)} %`;
  const beside = ['', share, ...notes].join('  ');
  const length = Math.max(shortest, Math.min(longest, width - 1 - beside.length));
  const full = Math.floor(length * fraction);
  return `${'█'.repeat(full)}${'░'.repeat(length - full)}${beside}`;
}
