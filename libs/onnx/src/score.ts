import type { Dataset, DatasetPart } from '@oneshot/data';
import type { Calibration } from './calibration.js';
import { ownClassNames } from './classes/class-names.js';
import { type ClassMatch, matchClasses } from './classes/match-classes.js';
import { classifyAll, type OutputTally } from './classify.js';
import { type Latency, type LatencyRow, measureLatency } from './latency.js';
import type { OutputKind } from './probabilities.js';
import { type LoadOptions, loadClassifier, nameOf } from './session.js';

export interface ScoreOptions extends LoadOptions {
  /**
   * Names of the model's outputs, in their order. Default: those the file tells; where it tells
   * none, outputs are matched with classes by position.
   */
  readonly classes?: readonly string[];
  /** Images per run. Default 100. */
  readonly batch?: number;
  /**
   * Runs of a single image that latency is measured over, after ten that are not counted. Default
   * 100.
   */
  readonly latencyRuns?: number;
  /** Further batch sizes and thread numbers that latency is measured for. Default: none. */
  readonly latencyGrid?: { readonly batches: readonly number[]; readonly threads: readonly number[] };
  /** What the model gives. Default: probabilities if those of the first batch are, else logits. */
  readonly outputs?: OutputKind;
  readonly signal?: AbortSignal;
}

/** What a model is scored on. */
export interface ScoredData extends Pick<Dataset, 'classes'> {
  readonly part: DatasetPart;
}

/** How one class of the data fared. */
export interface ClassScore {
  readonly name: string;
  readonly images: number;
  /** Share of its images that were taken for it; null without images. */
  readonly accuracy: number | null;
  /** Share of the images taken for it that are of it; null if none was. */
  readonly precision: number | null;
}

/** How well, and how fast, a model classifies a part of a data set. */
export interface Score {
  readonly images: number;
  readonly accuracy: number;
  /**
   * Share of images whose class is among the five largest scores; null for a model of five classes
   * or fewer.
   */
  readonly top5Accuracy: number | null;
  /** By label of the data. */
  readonly perClass: readonly ClassScore[];
  /** Whether the model's outputs have names, or are the classes of the data in their order. */
  readonly matchedBy: ClassMatch['by'];
  /**
   * Classes of the model that the data does not have, in the order of its outputs, and how many
   * images were taken for each.
   */
  readonly otherClasses: readonly { readonly name: string; readonly predicted: number }[];
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

/**
 * Scores an ONNX file (bytes, or its path) on images with onnxruntime; classes are matched by name.
 * Throws OnnxError for a file that does not fit the data, before any image is scored.
 */
export async function scoreOnnx(
  model: Uint8Array | string,
  { part, classes }: ScoredData,
  options: ScoreOptions = {},
): Promise<Score> {
  const { batch = 100, latencyRuns = 100, outputs, signal } = options;
  const classifier = await loadClassifier(model, part.image, options);
  try {
    const field = nameOf(model, options);
    const own = options.classes === undefined ? ownClassNames(classifier.properties, field) : undefined;
    const match = matchClasses(classes, { field, outputs: classifier.classes, own, given: options.classes });
    const outputOf = match.classes.map(({ output }) => output);
    const tally = await classifyAll(classifier, part, { outputOf, batch, outputs, signal });
    const latency = await measureLatency(classifier, part, { runs: latencyRuns, signal });
    const correct = tally.perOutput.reduce((sum, row) => sum + row.correct, 0);
    return {
      images: part.count,
      accuracy: correct / part.count,
      top5Accuracy: classifier.classes > 5 ? tally.inTop5 / part.count : null,
      perClass: match.classes.map(({ name, output }) => classScore(name, tally.perOutput[output])),
      matchedBy: match.by,
      otherClasses: match.others.map(({ name, output }) => ({
        name,
        predicted: tally.perOutput[output]?.predicted ?? 0,
      })),
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

function classScore(name: string, tally: OutputTally | undefined): ClassScore {
  const { images, predicted, correct } = tally ?? { images: 0, predicted: 0, correct: 0 };
  return {
    name,
    images,
    accuracy: images === 0 ? null : correct / images,
    precision: predicted === 0 ? null : correct / predicted,
  };
}

/**
 * A session per number of threads, which onnxruntime fixes when it loads; batches that the file or
 * the data do not allow are left out.
 */
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
