import { normalQuantile } from '../distributions/normal.js';
import { studentizedRangeCriticalValue } from '../distributions/studentized-range.js';
import { checkedCount, checkedProbability } from '../parameter.js';

/**
 * Standard error √(k(k + 1)/(6N)) of the difference of two average ranks (Demšar 2006, section
 * 3.2.2).
 */
export function averageRankError(methods: number, benchmarks: number): number {
  checkedCount(methods, 'methods', 2);
  return Math.sqrt((methods * (methods + 1)) / (6 * checkedCount(benchmarks, 'benchmarks', 1)));
}

/**
 * Nemenyi's critical difference: average ranks of any two of k methods on N benchmarks differ
 * significantly from here on (Nemenyi 1963; Demšar 2006, CD = q_α √(k(k + 1)/(6N)), q_α the
 * studentized range over √2).
 *
 * @param alpha family-wise level; default 0.05
 * @throws StatisticsError `out-of-range`
 */
export function nemenyiCriticalDifference(methods: number, benchmarks: number, alpha = 0.05): number {
  checkedCount(methods, 'methods', 2);
  return (studentizedRangeCriticalValue(alpha, methods) / Math.SQRT2) * averageRankError(methods, benchmarks);
}

/**
 * Bonferroni–Dunn critical difference of k − 1 methods against one control (Dunn 1961; Demšar
 * 2006): q_α is the normal quantile of 1 − α/(2(k − 1)).
 *
 * @param alpha family-wise level; default 0.05
 * @throws StatisticsError `out-of-range`
 */
export function bonferroniDunnCriticalDifference(methods: number, benchmarks: number, alpha = 0.05): number {
  checkedCount(methods, 'methods', 2);
  const tail = checkedProbability(alpha, 'alpha') / (2 * (methods - 1));
  return -normalQuantile(tail) * averageRankError(methods, benchmarks);
}
