import type { Run } from '@oneshot/contracts';

/**
 * What an evaluation tells, as its worker stored it. Older results lack what later versions
 * measure.
 */
export interface EvaluationResult {
  readonly accuracy: number;
  readonly top5Accuracy?: number | null;
  readonly images: number;
  readonly perClass: readonly { name: string; accuracy: number | null; precision?: number | null; images?: number }[];
  /** What images were brought to. */
  readonly imageShape?: { height: number; width: number; channels: number };
  /** How the images of a folder lie there, and how they were brought to that. */
  readonly folder?: {
    readonly sizes: readonly { height: number; width: number; images: number }[];
    readonly grey: boolean;
    readonly rule: { resize: 'crop' | 'pad' | 'stretch' };
  };
  readonly classesMatchedBy?: 'name' | 'position';
  /** Classes of the model that the data does not have, and how many images were taken for each. */
  readonly otherClasses?: readonly { name: string; predicted: number }[];
  readonly expectedCalibrationError?: number;
  readonly brier?: number;
  readonly negativeLogLikelihood?: number;
  readonly reliability?: readonly { images: number; confidence: number; accuracy: number }[];
  readonly latencyMedianMs: number;
  readonly latencyP95Ms: number;
  readonly latencies?: readonly {
    batch: number;
    threads: number;
    median: number;
    p95: number;
    imagesPerSecond: number;
  }[];
  readonly bytes: number;
  readonly peakMemoryBytes?: number;
  readonly provider?: string;
}

/** The result of an evaluation that succeeded. */
export function evaluationResult({ result }: Run): EvaluationResult {
  // Evaluation workers write it; the contract documents its fields.
  return result as unknown as EvaluationResult;
}
