import type { DatasetPart } from '@oneshot/data';
import { OnnxError } from './error.js';
import { type Classifier, loadClassifier } from './session.js';

export interface ScoreOptions {
  /** Images per run. Default 100. */
  readonly batch?: number;
  /** Threads of one run. Default 1. */
  readonly threads?: number;
  /** Runs of a single image that latency is measured over, after ten that are not counted. Default 100. */
  readonly latencyRuns?: number;
  readonly signal?: AbortSignal;
}

/** How well, and how fast, a model classifies a part of a data set. */
export interface Score {
  readonly images: number;
  readonly accuracy: number;
  /** Share of images whose class is among the five largest logits; null with five classes or fewer. */
  readonly top5Accuracy: number | null;
  /** Accuracy by class; null for a class without images. */
  readonly classAccuracy: readonly (number | null)[];
  /** Time of one image alone, in milliseconds. */
  readonly latency: { readonly median: number; readonly p95: number };
  /** Images per second, in batches. */
  readonly throughput: number;
  /** Size of the file in bytes. */
  readonly bytes: number;
}

/** Scores an ONNX file (bytes, or its path) on images with onnxruntime on the CPU. Throws OnnxError for a file that does not fit the data. */
export async function scoreOnnx(
  model: Uint8Array | string,
  part: DatasetPart,
  options: ScoreOptions = {},
): Promise<Score> {
  const classifier = await loadClassifier(model, part.image, options);
  try {
    const largest = part.labels.reduce((a, b) => Math.max(a, b), 0);
    if (largest >= classifier.classes) {
      throw new OnnxError(
        'wrong_class_count',
        typeof model === 'string' ? model : 'model',
        `${classifier.classes} classes`,
        `at least ${largest + 1}, as the data has`,
      );
    }
    const tally = await classifyAll(classifier, part, options);
    const latency = await measureLatency(classifier, part, options);
    const counts = tally.perClass.map(({ images }) => images);
    const correct = tally.perClass.reduce((sum, row) => sum + row.correct, 0);
    return {
      images: part.count,
      accuracy: correct / part.count,
      top5Accuracy: classifier.classes > 5 ? tally.inTop5 / part.count : null,
      classAccuracy: tally.perClass.map((row, i) => (counts[i] === 0 ? null : row.correct / row.images)),
      latency,
      throughput: part.count / tally.seconds,
      bytes: classifier.bytes,
    };
  } finally {
    await classifier.release();
  }
}

interface Tally {
  readonly perClass: readonly { images: number; correct: number }[];
  readonly inTop5: number;
  readonly seconds: number;
}

async function classifyAll(classifier: Classifier, part: DatasetPart, options: ScoreOptions): Promise<Tally> {
  const { classes } = classifier;
  const batch = options.batch ?? 100;
  const perClass = Array.from({ length: classes }, () => ({ images: 0, correct: 0 }));
  let inTop5 = 0;
  let seconds = 0;
  for (let first = 0; first < part.count; first += batch) {
    options.signal?.throwIfAborted();
    const count = Math.min(batch, part.count - first);
    const started = performance.now();
    const logits = await classifier.run(imagesOf(part, first, count), count);
    seconds += (performance.now() - started) / 1000;
    for (let i = 0; i < count; i++) {
      const label = part.labels[first + i] ?? 0;
      const rank = rankOf(logits.subarray(i * classes, (i + 1) * classes), label);
      const row = perClass[label];
      if (row) row.images++;
      if (row && rank === 0) row.correct++;
      if (rank < 5) inTop5++;
    }
  }
  return { perClass, inTop5, seconds };
}

/** Number of classes before `label`: larger logits, and equal ones of a smaller index. A logit that is no number comes last. */
function rankOf(logits: Float32Array, label: number): number {
  const own = logits[label] ?? Number.NaN;
  if (Number.isNaN(own)) return logits.length;
  let rank = 0;
  for (const [i, value] of logits.entries()) {
    if (value > own || (value === own && i < label)) rank++;
  }
  return rank;
}

async function measureLatency(
  classifier: Classifier,
  part: DatasetPart,
  options: ScoreOptions,
): Promise<Score['latency']> {
  const warmUp = 10;
  const times: number[] = [];
  for (let run = -warmUp; run < (options.latencyRuns ?? 100); run++) {
    options.signal?.throwIfAborted();
    const pixels = imagesOf(part, (run + warmUp) % part.count, 1);
    const started = performance.now();
    await classifier.run(pixels, 1);
    if (run >= 0) times.push(performance.now() - started);
  }
  times.sort((a, b) => a - b);
  return { median: quantile(times, 0.5), p95: quantile(times, 0.95) };
}

/** Nearest-rank quantile of sorted values; NaN of none. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

function imagesOf(part: DatasetPart, first: number, count: number): Uint8Array {
  const size = part.image.height * part.image.width * part.image.channels;
  return part.images.subarray(first * size, (first + count) * size);
}
