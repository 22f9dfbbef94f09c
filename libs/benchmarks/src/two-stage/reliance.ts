/**
 * The four supernets on which selectors are tried alone ("Picking up the pieces", section 4.2): not
 * trained (N) or trained on random architectures (R), with uniform (U) or informed, that is ideal
 * (I) sampling.
 */
export const BASELINES = ['NI', 'NU', 'RU', 'RI'] as const;

export type Baseline = (typeof BASELINES)[number];

/**
 * What a selector makes of good distributions and of good weights, in the unit of the accuracies.
 */
export interface Reliance {
  /** Gained by informed over uniform sampling, on trained supernets: RI − RU. */
  readonly distribution: number;
  /** Gained by trained over initial weights, under uniform sampling: RU − NU. */
  readonly weights: number;
}

/**
 * @param accuracies true accuracy of what a selector chose on each baseline, averaged over seeds
 */
export function relianceOf({ NU, RU, RI }: Readonly<Record<'NU' | 'RU' | 'RI', number>>): Reliance {
  return { distribution: RI - RU, weights: RU - NU };
}

/** Ranks of one side, 1 for the best: by the distribution (rα) and by the weights (rβ). */
export interface StageRanks {
  readonly distribution: number;
  readonly weights: number;
}

/**
 * The paper's score of a trainer with a selector (appendix A.4): rα1 (|rα1 − rα2| + 1) × rβ1 (|rβ1
 * − rβ2| + 1). It is small where the trainer is good and what it is good at is what the selector
 * relies on; 1 is the best there is.
 */
export function combinedScore(trainer: StageRanks, selector: StageRanks): number {
  const mismatch = (side: keyof StageRanks) => trainer[side] * (Math.abs(trainer[side] - selector[side]) + 1);
  return mismatch('distribution') * mismatch('weights');
}
