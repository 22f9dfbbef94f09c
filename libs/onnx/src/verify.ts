import type { ImageShape } from '@oneshot/data';
import { OnnxError } from './error.js';
import { loadClassifier } from './session.js';

/** Largest difference of a logit between an exported file and its network that is let through. */
export const logitTolerance = 1e-4;

export interface VerifyOptions {
  readonly image: ImageShape;
  /** Raw pixels to compare on, `[count, height, width, channels]`. */
  readonly pixels: Uint8Array;
  /** The network's own logits for these pixels, `[count, classes]`. */
  readonly logits: Float32Array;
}

/** How closely an exported file follows its network. */
export interface Verification {
  readonly images: number;
  readonly largestDifference: number;
}

/**
 * Compares an exported file, run by onnxruntime, with its network. Throws OnnxError
 * `export_mismatch` above a difference of 1e-4.
 */
export async function verifyExport(model: Uint8Array, options: VerifyOptions): Promise<Verification> {
  const { image, pixels, logits } = options;
  const images = pixels.length / (image.height * image.width * image.channels);
  const classifier = await loadClassifier(model, image);
  try {
    if (images < 1 || logits.length !== images * classifier.classes) {
      throw new OnnxError(
        'wrong_class_count',
        'logits',
        `${logits.length} values for ${images} images`,
        `${classifier.classes} per image`,
      );
    }
    const found = await classifier.run(pixels, images);
    const largestDifference = found.reduce(
      (largest, value, i) => largerOf(largest, Math.abs(value - (logits[i] ?? 0))),
      0,
    );
    if (!(largestDifference <= logitTolerance)) {
      throw new OnnxError(
        'export_mismatch',
        'logits',
        `a difference of ${largestDifference} from the network`,
        `at most ${logitTolerance}`,
      );
    }
    return { images, largestDifference };
  } finally {
    await classifier.release();
  }
}

/** The larger of two, NaN counting as larger than any number. */
function largerOf(a: number, b: number): number {
  return Number.isNaN(a) || a > b ? a : b;
}
