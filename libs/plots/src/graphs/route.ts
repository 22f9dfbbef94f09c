import type { LaidOutEdge, Point } from './lay-out.js';

/**
 * How far below the middle of its label an edge runs, so that the label stands on its edge and
 * covers none of it.
 */
export const belowLabel = 7;

/**
 * The points an edge runs through, x ascending: those of the layout, and level under the whole of
 * its label.
 */
export function routeOf({ label, labelAt, labelWidth, points }: LaidOutEdge): Point[] {
  if (label === '') return ascending(points);
  const y = labelAt.y + belowLabel;
  const [left, right] = [labelAt.x - labelWidth / 2, labelAt.x + labelWidth / 2];
  const before = points.slice(0, -1).filter(({ x }) => x < left - 2);
  const after = points.slice(1).filter(({ x }) => x > right + 2);
  return ascending([...before, { x: left, y }, { x: right, y }, ...after]);
}

function ascending(points: readonly Point[]): Point[] {
  return points.filter((point, at) => at === 0 || point.x > (points[at - 1]?.x ?? 0) + 0.5);
}

/**
 * A curve through all points without overshoot: a cubic spline that is monotone between them
 * (Fritsch and Carlson 1980).
 */
export function curveThrough(points: readonly Point[]): { readonly path: string; readonly endAngle: number } {
  const slopes = points.slice(1).map((point, at) => {
    const before = points[at] ?? point;
    return (point.y - before.y) / (point.x - before.x || 1);
  });
  const inner = slopes.slice(1).map((slope, at) => tangent(slopes[at] ?? 0, slope));
  const ends = (slope: number, next: number | undefined) => (next === undefined ? slope : (3 * slope - next) / 2);
  const tangents = [ends(slopes[0] ?? 0, inner[0]), ...inner, ends(slopes.at(-1) ?? 0, inner.at(-1))];
  const at = (x: number, y: number) => `${x.toFixed(1)} ${y.toFixed(1)}`;
  let path = points[0] === undefined ? '' : `M${at(points[0].x, points[0].y)}`;
  for (const [index, end] of points.slice(1).entries()) {
    const start = points[index] ?? end;
    const third = (end.x - start.x) / 3;
    const [leaving, arriving] = [tangents[index] ?? 0, tangents[index + 1] ?? 0];
    path += `C${at(start.x + third, start.y + leaving * third)} ${at(end.x - third, end.y - arriving * third)} ${at(end.x, end.y)}`;
  }
  return { path, endAngle: (Math.atan(tangents.at(-1) ?? 0) * 180) / Math.PI };
}

function tangent(before: number, after: number): number {
  if (before * after <= 0) return 0;
  return Math.sign(after) * Math.min(Math.abs(before), Math.abs(after), Math.abs(before + after) / 4);
}
