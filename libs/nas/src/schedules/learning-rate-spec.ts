/**
 * A learning rate that rises in a straight line before its schedule begins (Goyal et al. 2017,
 * section 2.2).
 */
export type WarmUp =
  | { readonly from: number; readonly epochs: number }
  | { readonly from: number; readonly steps: number };

/** How a learning rate changes over a run. */
export interface LearningRateSpec {
  /** Absent: cosine. */
  readonly schedule?: string;
  readonly from: number;
  readonly warmup?: WarmUp;
  readonly [option: string]: unknown;
}
