import { randomStream } from '@oneshot/engine';
import { type Genotype, genotypeFromUniform, genotypeIdentity } from '@oneshot/nas';
import type { SearchModel } from '../search/search-model.js';
import { inheritedAccuracy, type MeasuredImages } from './inherited-accuracy.js';
import type { ArchitecturePrior } from './prior.js';

/** Architectures drawn, as in the two-stage evaluation paper (section 4.2). */
export const VALIDITY_CANDIDATES = 100;

export interface ValiditySelection {
  readonly genotype: Genotype;
  /** With inherited weights, a fraction. */
  readonly validationAccuracy: number;
}

/** The architecture weights a sampler makes of α on average, by group, row-major `[choices, options]`. */
export function samplingProbabilities(model: SearchModel): ReadonlyMap<string, Float32Array> {
  const alpha = model.alphaValues();
  return new Map(
    model.space.groups.map((group) => [
      group.name,
      model.sampler.expectation(group, alpha.get(group.name) ?? new Float32Array(0)),
    ]),
  );
}

/**
 * Selection by validity ("Picking up the pieces", section 4.2; Li and Talwalkar 2019): of 100 architectures drawn from the distribution the supernet has
 * learned, the one with the best validation accuracy with inherited weights; the first drawn of equals. One drawn again is not measured again.
 */
export async function selectByValidity(
  model: SearchModel,
  images: MeasuredImages,
  seed: number,
  prior: ArchitecturePrior | undefined,
  signal: AbortSignal | undefined,
): Promise<ValiditySelection> {
  const probabilities = samplingProbabilities(model);
  const choices = model.space.groups.reduce((count, group) => count + group.choices.length, 0);
  const measured = new Set<string>();
  let best: ValiditySelection | undefined;
  for (let candidate = 0; candidate < VALIDITY_CANDIDATES; candidate++) {
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
