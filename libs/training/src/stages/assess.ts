import { randomStream } from '@oneshot/engine';
import { formatGenotype, genotypeAt, spaceSize } from '@oneshot/nas';
import type { SearchModel } from '../search/search-model.js';
import { inheritedAccuracy, type MeasuredExamples } from './inherited-accuracy.js';
import type { ArchitecturePrior } from './prior.js';

/** How likely each operation of one edge is drawn. */
export interface EdgeProbabilities {
  readonly group: string;
  readonly node: number;
  readonly from: number;
  readonly probabilities: Readonly<Record<string, number>>;
}

/**
 * One architecture, in the field's notation, with its accuracy with inherited weights (a fraction).
 */
export interface EstimatedAccuracy {
  readonly notation: string;
  readonly accuracy: number;
}

/**
 * What a trained supernet knows about its space, for the evaluation of stage 1 alone. Plain JSON.
 */
export interface Assessment {
  /**
   * The learned distribution: edges are drawn independently. Absent where architectures were drawn
   * as a whole, from a given distribution.
   */
  readonly sampling?: readonly EdgeProbabilities[];
  /**
   * A sample of the space without repetition, the same for every run with as many architectures.
   */
  readonly accuracies: readonly EstimatedAccuracy[];
  /** Images each was measured on. */
  readonly images: number;
}

/**
 * Measures a sample of the space with inherited weights; all of it where it holds no more than
 * `architectures`. A given distribution is not measured again.
 */
export async function assess(
  model: SearchModel,
  images: MeasuredExamples,
  architectures: number,
  prior: ArchitecturePrior | undefined,
  signal: AbortSignal | undefined,
): Promise<Assessment> {
  const { space } = model;
  const sample = randomStream(0, 'assessment').permutation(spaceSize(space)).slice(0, architectures);
  const accuracies: EstimatedAccuracy[] = [];
  for (const index of sample) {
    const genotype = genotypeAt(space, index);
    const accuracy = await inheritedAccuracy(model, genotype, images, signal);
    accuracies.push({ notation: formatGenotype(genotype), accuracy });
  }
  const sampling = prior === undefined ? { sampling: edgeProbabilities(model) } : {};
  return { ...sampling, accuracies, images: images.count };
}

function edgeProbabilities(model: SearchModel): readonly EdgeProbabilities[] {
  const probabilities = model.expectedWeights();
  return model.space.groups.flatMap(({ name, choices, options }) =>
    choices.map(({ site, row }) => ({
      group: name,
      node: site?.node ?? row,
      from: site?.from ?? 0,
      probabilities: Object.fromEntries(
        options.map((op, option) => [op, probabilities.get(name)?.[row * options.length + option] ?? 0]),
      ),
    })),
  );
}
