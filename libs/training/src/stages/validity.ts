import { randomStream } from '@oneshot/engine';
import { genotypeFromUniform, genotypeIdentity } from '@oneshot/nas';
import { z } from 'zod';
import { inheritedAccuracy, type MeasuredExamples } from './inherited-accuracy.js';
import { defineStageSelector, type StageChoice, type StageContext } from './stage-selectors.js';

defineStageSelector({
  name: 'validity',
  summary: 'the best of some drawn architectures by validation accuracy with inherited weights',
  source: '“Picking up the pieces”, section 4.2; Li and Talwalkar 2019',
  options: {
    /** Architectures drawn from what the supernet has learned. Default 100, the paper's. */
    candidates: z.int().min(1).max(100_000).default(100),
    /** Images of the validation half, rounded up to whole batches. Default: all of them. */
    images: z.int().min(1).optional(),
  },
  runsArchitectures: true,
  select: (context, { candidates, images: most }) =>
    context.withImages(most, (images) => selectByValidity(context, images, candidates)),
});

/**
 * Of some architectures drawn from the distribution the supernet has learned, the one with the best
 * validation accuracy with inherited weights; the first drawn of equals. One drawn again is not
 * measured again.
 */
export async function selectByValidity(
  { model, seed, prior, signal }: Pick<StageContext, 'model' | 'seed' | 'prior' | 'signal'>,
  images: MeasuredExamples,
  candidates: number,
): Promise<Required<StageChoice>> {
  const probabilities = model.expectedWeights();
  const choices = model.space.groups.reduce((count, group) => count + group.choices.length, 0);
  const measured = new Set<string>();
  let best: Required<StageChoice> | undefined;
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
