import { randomStream } from '@oneshot/engine';
import { type Genotype, genotypeFromUniform, genotypeIdentity } from '@oneshot/nas';
import type { SearchModel } from '../search/search-model.js';
import { inheritedAccuracy, type MeasuredImages } from './inherited-accuracy.js';
import type { ArchitecturePrior } from './prior.js';

export interface ValiditySelection {
  readonly genotype: Genotype;
  /** With inherited weights, a fraction. */
  readonly validationAccuracy: number;
}

interface ValidityInput {
  readonly model: SearchModel;
  readonly images: MeasuredImages;
  /** How many architectures are drawn. */
  readonly candidates: number;
  readonly seed: number;
  /** Drawn from instead of what the supernet has learned. */
  readonly prior: ArchitecturePrior | undefined;
}

/**
 * Selection by validity ("Picking up the pieces", section 4.2; Li and Talwalkar 2019): of some architectures drawn from the distribution the supernet has
 * learned, the one with the best validation accuracy with inherited weights; the first drawn of equals. One drawn again is not measured again.
 */
export async function selectByValidity(
  { model, images, candidates, seed, prior }: ValidityInput,
  signal: AbortSignal | undefined,
): Promise<ValiditySelection> {
  const probabilities = model.expectedWeights();
  const choices = model.space.groups.reduce((count, group) => count + group.choices.length, 0);
  const measured = new Set<string>();
  let best: ValiditySelection | undefined;
  for (let candidate = 0; candidate < candidates; candidate++) {
    const uniform = randomStream(seed, 'validity', candidate).uniform(choices);
    const genotype = prior?.draw(uniform[0] ?? 0) ?? genotypeFromUniform(model.space, probabilities, uniform);
    const identity = genotypeIdentity(genotype);
    if (measured.has(identity)) continue;
    measured.add(identity);
    const validationAccuracy = await inheritedAccuracy(model, genotype, images, signal);
    if (best === undefined || validationAccuracy > best.validationAccuracy) best = { genotype, validationAccuracy };
  }
  if (best === undefined) throw new RangeError('no candidate was drawn');
  return best;
}
