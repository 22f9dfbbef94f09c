import type { DatasetPart } from '@oneshot/data';
import type { Calibration } from './calibration.js';
import { classifyAll } from './classify.js';
import { OnnxError } from './error.js';
import { type Latency, type LatencyRow, measureLatency } from './latency.js';
import type { OutputKind } from './probabilities.js';
import { type LoadOptions, loadClassifier, nameOf } from './session.js';

export interface ScoreOptions extends LoadOptions {
  /** Images per run. Default 100. */
  readonly batch?: number;
  /** Runs of a single image that latency is measured over, after ten that are not counted. Default 100. */
  readonly latencyRuns?: number;
  /** Further batch sizes and thread numbers that latency is measured for. Default: none. */
  readonly latencyGrid?: { readonly batches: readonly number[]; readonly threads: readonly number[] };
  /** What the model gives. Default: probabilities if those of the first batch are, else logits. */
  readonly outputs?: OutputKind;
  readonly signal?: AbortSignal;
}

/** How well, and how fast, a model classifies a part of a data set. */
export interface Score {
  readonly images: number;
  readonly accuracy: number;
  /** Share of images whose class is among the five largest scores; null with five classes or fewer. */
  readonly top5Accuracy: number | null;
  /** Accuracy by class; null for a class without images. */
  readonly classAccuracy: readonly (number | null)[];
  /** By class, the share of images taken for it that are of it; null for a class that nothing was taken for. */
  readonly classPrecision: readonly (number | null)[];
  /** Images by class. */
  readonly classImages: readonly number[];
  readonly calibration: Calibration;
  readonly outputs: OutputKind;
  /** Time of one image alone, in milliseconds. */
  readonly latency: Latency;
  /** For each batch size and number of threads that was asked for. */
  readonly latencies: readonly LatencyRow[];
  /** Images per second, in batches. */
  readonly throughput: number;
  /** Size of the file in bytes. */
  readonly bytes: number;
  /** The most memory this process has held so far, in bytes: data set, onnxruntime and model. */
  readonly peakMemoryBytes: number;
}

/** Scores an ONNX file (bytes, or its path) on images with onnxruntime. Throws OnnxError for a file that does not fit the data. */
export async function scoreOnnx(
  model: Uint8Array | string,
  part: DatasetPart,
  options: ScoreOptions = {},
): Promise<Score> {
  const { batch = 100, latencyRuns = 100, outputs, signal } = options;
  const classifier = await loadClassifier(model, part.image, options);
  try {
    const largest = part.labels.reduce((a, b) => Math.max(a, b), 0);
    if (largest >= classifier.classes) {
      throw new OnnxError(
        'wrong_class_count',
        nameOf(model, options),
        `${classifier.classes} classes`,
        `at least ${largest + 1}, as the data has`,
      );
    }
    const tally = await classifyAll(classifier, part, { batch, outputs, signal });
    const latency = await measureLatency(classifier, part, { runs: latencyRuns, signal });
    const correct = tally.perClass.reduce((sum, row) => sum + row.correct, 0);
    return {
      images: part.count,
      accuracy: correct / part.count,
      top5Accuracy: classifier.classes > 5 ? tally.inTop5 / part.count : null,
      classAccuracy: tally.perClass.map((row) => (row.images === 0 ? null : row.correct / row.images)),
      classPrecision: tally.perClass.map((row) => (row.predicted === 0 ? null : row.correct / row.predicted)),
      classImages: tally.perClass.map(({ images }) => images),
      calibration: tally.calibration,
      outputs: tally.outputs,
      latency,
      latencies: await latencyTable(model, part, options),
      throughput: part.count / tally.seconds,
      bytes: classifier.bytes,
      peakMemoryBytes: process.resourceUsage().maxRSS * 1024,
    };
  } finally {
    await classifier.release();
  }
}

/** A session per number of threads, which onnxruntime fixes when it loads; batches that the file or the data do not allow are left out. */
async function latencyTable(
  model: Uint8Array | string,
  part: DatasetPart,
  { latencyGrid, latencyRuns = 100, signal, ...options }: ScoreOptions,
): Promise<LatencyRow[]> {
  const rows: LatencyRow[] = [];
  for (const threads of latencyGrid?.threads ?? []) {
    const classifier = await loadClassifier(model, part.image, { ...options, threads });
    try {
      for (const batch of latencyGrid?.batches ?? []) {
        if (batch > part.count || batch > (classifier.fixedBatch ?? batch)) continue;
        const runs = Math.max(5, Math.ceil(latencyRuns / batch));
        const times = await measureLatency(classifier, part, { runs, batch, signal });
        rows.push({ batch, threads, ...times, imagesPerSecond: (1000 * batch) / times.median });
      }
    } finally {
      await classifier.release();
    }
  }
  return rows;
}
