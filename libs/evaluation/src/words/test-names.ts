import type { PostHocTest } from '../analysis/rank-analysis.js';

interface TestName {
  /** As people call it. */
  readonly name: string;
  /** What its p-values, adjusted for all pairs, are called. */
  readonly adjusted: string;
  /** The whole of it, for figures and settings. */
  readonly full: string;
}

/** How each test of pairs is called wherever it is named. */
export const testNames: Readonly<Record<PostHocTest, TestName>> = {
  nemenyi: { name: 'Nemenyi', adjusted: 'Nemenyi p, all pairs', full: 'Nemenyi' },
  wilcoxon: { name: 'Wilcoxon', adjusted: 'Wilcoxon p, Holm', full: 'Wilcoxon signed-rank with Holm' },
  conover: { name: 'Conover', adjusted: 'Conover p, Holm', full: 'Conover with Holm' },
  quade: { name: 'Quade', adjusted: 'Quade p, Holm', full: 'Quade with Holm' },
};
