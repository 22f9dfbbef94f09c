import type { Batches } from '@oneshot/data';
import {
  finalSelectors,
  type Genotype,
  type OptionsOf,
  type OptionsShape,
  type Part,
  type PartSpec,
  type Parts,
} from '@oneshot/nas';
import type { SearchModel } from '../search/search-model.js';
import type { MeasuredExamples } from './inherited-accuracy.js';
import type { ArchitecturePrior } from './prior.js';

/** What a selector that takes its time sees of a trained supernet. */
export interface StageContext {
  readonly model: SearchModel;
  /** What the profile's own selector read off. */
  readonly own: Genotype;
  readonly seed: number;
  /** Given instead of what the supernet has learned. */
  readonly prior: ArchitecturePrior | undefined;
  /** Ends the work with TrainingError `cancelled`. */
  readonly signal: AbortSignal | undefined;
  /** The batches of the training half, as in the search. */
  train(): Batches;
  /**
   * Lays images of the validation half out for as long as the work takes: the first, in whole
   * batches, until there are `most`. Default: all.
   */
  withImages<T>(most: number | undefined, work: (images: MeasuredExamples) => Promise<T>): Promise<T>;
}

/**
 * An architecture, and its validation accuracy with inherited weights (a fraction) where that was
 * looked at.
 */
export interface StageChoice {
  readonly genotype: Genotype;
  readonly validationAccuracy?: number;
}

/**
 * How a genotype is read off a trained supernet by a rule that may run it. A pure function of what
 * it sees.
 */
export interface StageSelector<O = PartSpec> extends Part {
  select(context: StageContext, options: O): Promise<StageChoice>;
}

// Every one of them is defined below; profiles know only what all parts say of themselves.
export const stageSelectors = finalSelectors as unknown as Parts<StageSelector>;

/**
 * Adds a selector to those that searches and campaigns can name. Throws RangeError if the name is
 * taken.
 */
export function defineStageSelector<S extends OptionsShape>(
  part: Omit<StageSelector<OptionsOf<S>>, 'options'> & { readonly options?: S },
): void {
  // A part is given options that its own schema made; the registry forgets their exact type.
  stageSelectors.define(part as unknown as StageSelector);
}
