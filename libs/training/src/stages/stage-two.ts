import { Batches, type Dataset, type Split } from '@oneshot/data';
import { formatGenotype, type Genotype, genotypeIdentity, type PartSpec } from '@oneshot/nas';
import { searchBatches } from '../search/search-batches.js';
import type { SearchModel } from '../search/search-model.js';
import type { SearchSpec } from '../spec/search-spec.js';
import { type Assessment, assess } from './assess.js';
import { type MeasuredExamples, measuredExamples } from './inherited-accuracy.js';
import type { ArchitecturePrior } from './prior.js';
import { stageSelectors } from './stage-selectors.js';

/** A genotype read off the trained supernet. */
export interface StageTwoSelection {
  readonly selector: string;
  readonly genotype: Genotype;
  readonly genotypeId: string;
  readonly notation: string;
  /** With inherited weights, a fraction; where the selector looked at it. */
  readonly validationAccuracy?: number;
}

/** What follows the training of a supernet, where the spec asks for it. */
export interface StageTwoResult {
  /** One per selector of the spec. */
  readonly selections?: readonly StageTwoSelection[];
  readonly assessment?: Assessment;
}

interface StageTwoDependencies {
  readonly dataset: Dataset;
  readonly prior: ArchitecturePrior | undefined;
  readonly signal?: AbortSignal;
}

/** What is known once a search has ended. */
export interface StageTwo extends StageTwoResult {
  /** The run's own: what the profile's final selector read off, or else its selector. */
  readonly genotype: Genotype;
}

/**
 * Reads genotypes off a trained supernet, and measures what it knows. A pure function of model,
 * seed and data, so that a run that was stopped in it does it again.
 *
 * @param learned what the profile's selector read off
 * @param split of the images into the halves of the search
 */
export async function stageTwo(
  spec: SearchSpec,
  model: SearchModel,
  learned: Genotype,
  split: Split,
  { dataset, prior, signal }: StageTwoDependencies,
): Promise<StageTwo> {
  const { profile, selectors, seed } = spec;
  const batches = validationBatches(spec, dataset, split.validation);
  const withImages = async <T>(
    most: number | undefined,
    work: (images: MeasuredExamples) => Promise<T>,
  ): Promise<T> => {
    const images = measuredExamples(model, batches, most);
    try {
      return await work(images);
    } finally {
      images.dispose();
    }
  };
  const train = () => searchBatches(spec, dataset, split, 'train');
  const readOff = (selector: PartSpec, own: Genotype) =>
    stageSelectors.of(selector.name).select({ model, own, seed, prior, signal, train, withImages }, selector);
  const { finalSelector } = profile;
  const own = finalSelector === undefined ? learned : (await readOff(finalSelector, learned)).genotype;
  const selections: StageTwoSelection[] = [];
  for (const selector of selectors ?? []) {
    const found = await readOff(selector, own);
    const { genotype } = found;
    selections.push({
      selector: selector.name,
      ...found,
      genotypeId: genotypeIdentity(genotype),
      notation: formatGenotype(genotype),
    });
  }
  const { assess: asked } = spec;
  const assessment =
    asked && (await withImages(asked.images, (images) => assess(model, images, asked.architectures, prior, signal)));
  return {
    genotype: own,
    ...(selectors === undefined ? {} : { selections }),
    ...(assessment === undefined ? {} : { assessment }),
  };
}

/** The validation half as it is: in order, without augmentation. */
function validationBatches({ profile, seed }: SearchSpec, dataset: Dataset, indices: Uint32Array): Batches {
  return new Batches({
    part: dataset.train,
    indices,
    batch: profile.batch,
    seed,
    purpose: 'measure validation',
    shuffle: false,
    mean: dataset.mean,
    std: dataset.std,
  });
}
