/** How well confidence fits accuracy. */
export interface Calibration {
  /** Expected calibration error (Guo et al. 2017, eq. 3) over 15 bins of equal width. */
  readonly expectedCalibrationError: number;
  /** Brier score (1950): mean over images of Σ (p − y)² over classes; 0 is perfect, 2 the worst. */
  readonly brier: number;
  /**
   * Mean negative logarithm of the true class's probability, which is taken to be at least 1e-12.
   */
  readonly negativeLogLikelihood: number;
  /** Bins that hold images, by confidence. */
  readonly bins: readonly ReliabilityBin[];
}

/** Images whose largest probability lies within a range. */
export interface ReliabilityBin {
  readonly low: number;
  readonly high: number;
  readonly images: number;
  /** Mean of the largest probability. */
  readonly confidence: number;
  readonly accuracy: number;
}

const binCount = 15;
const leastProbability = 1e-12;

/** Gathers probabilities image by image. */
export class CalibrationTally {
  readonly #bins = Array.from({ length: binCount }, () => ({ images: 0, confidence: 0, correct: 0 }));
  #images = 0;
  #brier = 0;
  #logLikelihood = 0;

  /**
   * @param probabilities of one image, whose class is that of `output`; one that holds NaN counts
   * as a certain mistake
   */
  add(probabilities: ArrayLike<number>, output: number): void {
    let predicted = 0;
    let brier = 0;
    for (let i = 0; i < probabilities.length; i++) {
      const p = probabilities[i] as number;
      if (p > (probabilities[predicted] as number)) predicted = i;
      brier += (p - (i === output ? 1 : 0)) ** 2;
    }
    const whole = Number.isFinite(brier);
    const confidence = whole ? (probabilities[predicted] as number) : 1;
    const bin = this.#bins[Math.min(binCount - 1, Math.floor(confidence * binCount))];
    if (bin === undefined) return;
    bin.images += 1;
    bin.confidence += confidence;
    bin.correct += whole && predicted === output ? 1 : 0;
    this.#images += 1;
    this.#brier += whole ? brier : 2;
    this.#logLikelihood -= Math.log(
      whole ? Math.max(leastProbability, probabilities[output] as number) : leastProbability,
    );
  }

  /** What was gathered, of at least one image. */
  result(): Calibration {
    const bins = this.#bins.flatMap(({ images, confidence, correct }, at): ReliabilityBin[] => {
      const edges = { low: at / binCount, high: (at + 1) / binCount };
      return images === 0 ? [] : [{ ...edges, images, confidence: confidence / images, accuracy: correct / images }];
    });
    const gap = bins.reduce((sum, bin) => sum + bin.images * Math.abs(bin.accuracy - bin.confidence), 0);
    return {
      expectedCalibrationError: gap / this.#images,
      brier: this.#brier / this.#images,
      negativeLogLikelihood: this.#logLikelihood / this.#images,
      bins,
    };
  }
}
