import { paretoFront } from '@oneshot/stats';

/**
 * Positions of the points that no other beats in both, less x and more y being better; x ascending.
 */
export function frontOf(points: readonly { readonly x: number; readonly y: number }[]): number[] {
  if (points.length === 0) return [];
  return paretoFront(
    points.map(({ x, y }) => [x, y]),
    ['min', 'max'],
  ).sort((a, b) => (points[a]?.x ?? 0) - (points[b]?.x ?? 0));
}
