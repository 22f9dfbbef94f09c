import type { Dataset } from '@oneshot/data';
import { read, tensor, tidy } from '@oneshot/engine';
import { canonicalJson, Network, type NetworkDescription } from '@oneshot/nas';
import { exportOnnx, verifyExport } from '@oneshot/onnx';
import type { TrainingResult, TrainingSpec } from '@oneshot/training';

const comparedImages = 64;

export interface ExportedModel {
  /** The ONNX file. */
  readonly bytes: Uint8Array;
  /** Largest difference of a logit between the file and the network. */
  readonly largestDifference: number;
}

/**
 * Exports a trained network and compares the file, run by onnxruntime, with it on test images.
 * Throws OnnxError `export_mismatch` if a logit differs by more than 1e-4.
 */
export async function exportVerified(parts: {
  readonly spec: TrainingSpec;
  readonly runId: string;
  readonly result: TrainingResult;
  readonly dataset: Dataset;
}): Promise<ExportedModel> {
  const { spec, runId, result, dataset } = parts;
  const bytes = exportOnnx({
    description: result.network,
    state: result.weights,
    normalisation: { mean: dataset.mean, std: dataset.std },
    metadata: {
      classes: dataset.classes,
      genotype: canonicalJson(spec.genotype),
      dataset: { name: dataset.name, digest: dataset.digest },
      run: runId,
      ...(dataset.folder === undefined ? {} : { images: dataset.folder.rule }),
    },
  });
  const count = Math.min(comparedImages, dataset.test.count);
  const { height, width, channels } = dataset.image;
  const pixels = dataset.test.images.subarray(0, count * height * width * channels);
  const logits = networkLogits(result.network, result.weights, normalised(pixels, dataset), count);
  const { largestDifference } = await verifyExport(bytes, { image: dataset.image, pixels, logits });
  return { bytes, largestDifference };
}

function networkLogits(
  description: NetworkDescription,
  weights: TrainingResult['weights'],
  images: Float32Array,
  count: number,
): Float32Array {
  const { height, width, channels } = description.input;
  const network = new Network(description, { seed: 0 });
  try {
    network.restore(weights);
    const input = tensor(images, [count, height, width, channels]);
    const logits = tidy(() => network.forward(input, { mode: 'eval' }).logits);
    const values = Float32Array.from(read(logits));
    input.dispose();
    logits.dispose();
    return values;
  } finally {
    network.dispose();
  }
}

/** Pixels as the network sees them: `(pixel / 255 - mean) / std` per channel. */
function normalised(pixels: Uint8Array, { image, mean, std }: Dataset): Float32Array {
  return Float32Array.from(pixels, (pixel, index) => {
    const channel = index % image.channels;
    return (pixel / 255 - (mean[channel] ?? 0)) / (std[channel] ?? 1);
  });
}
