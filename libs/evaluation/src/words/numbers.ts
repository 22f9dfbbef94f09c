import { formatFixed } from '@oneshot/plots';

/** A p-value as it is read: `p = 0.012`, `p < 0.0001`. */
export function formatP(p: number): string {
  if (p < 0.0001) return 'p < 0.0001';
  return `p = ${p < 0.01 ? p.toPrecision(2) : p.toFixed(3)}`;
}

/** A p-value alone in a column; empty where there is none. */
export function formatPCell(p: number | null): string {
  if (p === null) return '';
  return p < 0.0001 ? '<0.0001' : p.toFixed(4);
}

/** Digits of a score worth showing: four significant ones, at most six decimals. */
export function formatScore(value: number): string {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e7)) return value.toExponential(3);
  const decimals = Math.min(6, Math.max(0, 4 - Math.max(1, Math.floor(Math.log10(size || 1)) + 1)));
  return formatFixed(value, size < 1 ? 4 : decimals);
}

/** A mean with its spread, both with the decimals of the mean: `91.11 ± 0.59`. */
export function formatSpread(mean: number, standardDeviation: number | null): string {
  const text = formatScore(mean);
  if (standardDeviation === null) return text;
  const decimals = /e/.test(text) ? undefined : (text.split('.')[1]?.length ?? 0);
  return `${text} ± ${decimals === undefined ? formatScore(standardDeviation) : formatFixed(standardDeviation, decimals)}`;
}
