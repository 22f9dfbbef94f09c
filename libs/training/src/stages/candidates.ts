import { randomStream } from '@oneshot/engine';
import {
  ArchitectureDistribution,
  architectureCost,
  type Genotype,
  genotypeIdentity,
  type Picks,
  uniformDistribution,
} from '@oneshot/nas';
import { z } from 'zod';
import { TrainingError } from '../errors.js';
import { architectureOf } from '../search/architecture-of.js';
import { inheritedAccuracy, type MeasuredExamples } from './inherited-accuracy.js';
import type { StageChoice, StageContext } from './stage-selectors.js';

/** What a candidate may cost, as the space builds it for the search. Absent: anything. */
export const limitOptions = {
  /** Most learned parameters. Default: any number. */
  parameters: z.int().min(1).optional(),
  /** Most multiplications with additions for one example. Default: any number. */
  multiplyAdds: z.int().min(1).optional(),
};

export type Limits = { readonly [name in keyof typeof limitOptions]?: number | undefined };

/** What the supernet has learned: how likely each architecture is. */
export function learnedDistribution({ model }: Pick<StageContext, 'model'>): ArchitectureDistribution {
  return new ArchitectureDistribution(model.space, model.expectedWeights(), architectureOf(model).edgeWeights);
}

/**
 * Different architectures, of so many drawn from a given distribution or else from the one that was
 * learned; in the order in which they were drawn. A pure function of the seed.
 */
export function drawnCandidates(
  context: Pick<StageContext, 'model' | 'seed' | 'prior'>,
  candidates: number,
  { purpose, from = learnedDistribution(context) }: { purpose: string; from?: ArchitectureDistribution },
): readonly Genotype[] {
  const { prior, seed } = context;
  const found = new Map<string, Genotype>();
  for (let candidate = 0; candidate < candidates; candidate++) {
    const uniform = randomStream(seed, purpose, candidate).uniform(from.sizes.length);
    const genotype = prior?.draw(uniform[0] ?? 0) ?? from.genotype(from.draw(uniform));
    const identity = genotypeIdentity(genotype);
    if (!found.has(identity)) found.set(identity, genotype);
  }
  return [...found.values()];
}

/** The candidate with the best validation accuracy with inherited weights; the first of equals. */
export async function mostAccurate(
  { model, signal }: Pick<StageContext, 'model' | 'signal'>,
  candidates: readonly Genotype[],
  images: MeasuredExamples,
): Promise<Required<StageChoice>> {
  let best: Required<StageChoice> | undefined;
  for (const genotype of candidates) {
    const validationAccuracy = await inheritedAccuracy(model, genotype, images, signal);
    if (best === undefined || validationAccuracy > best.validationAccuracy) best = { genotype, validationAccuracy };
  }
  if (best === undefined) throw new RangeError('there is no candidate');
  return best;
}

/** An architecture that evolves. */
export interface Individual extends Required<StageChoice> {
  readonly picks: Picks;
}

/**
 * Architectures that change by their decisions, whatever the space; each is measured once with
 * inherited weights. Draws are numbered, so that all is a pure function of the seed.
 */
export class Breeding {
  readonly #context: StageContext;
  readonly #images: MeasuredExamples;
  readonly #limits: Limits;
  readonly #space: ArchitectureDistribution;
  readonly #measured = new Map<string, number>();
  #draws = 0;

  constructor(context: StageContext, images: MeasuredExamples, limits: Limits) {
    this.#context = context;
    this.#images = images;
    this.#limits = limits;
    this.#space = uniformDistribution(context.model.space);
  }

  /** Uniform numbers of [0, 1) of one draw after the others. */
  numbers(count: number): Float32Array {
    return randomStream(this.#context.seed, 'evolution', this.#draws++).uniform(count);
  }

  /** Of so many, the one on which a uniform number falls. */
  one(count: number): number {
    return Math.min(count - 1, Math.floor((this.numbers(1)[0] ?? 0) * count));
  }

  random(): Picks {
    return this.#space.draw(this.numbers(this.#space.sizes.length));
  }

  /** Every decision made anew with a probability. */
  mutated(picks: Picks, probability: number): Picks {
    const { sizes } = this.#space;
    const numbers = this.numbers(2 * sizes.length);
    return picks.map((pick, decision) =>
      (numbers[2 * decision] ?? 1) < probability
        ? Math.floor((numbers[2 * decision + 1] ?? 0) * (sizes[decision] ?? 1))
        : pick,
    );
  }

  /** One decision, of those that leave a choice, made otherwise. */
  changed(picks: Picks): Picks {
    const open = this.#space.sizes.flatMap((size, decision) => (size > 1 ? [decision] : []));
    const decision = open[this.one(open.length)];
    if (decision === undefined) return picks;
    const size = this.#space.sizes[decision] ?? 1;
    const step = 1 + this.one(size - 1);
    return picks.map((pick, index) => (index === decision ? (pick + step) % size : pick));
  }

  /** Every decision of one of two parents. */
  crossed(first: Picks, second: Picks): Picks {
    const numbers = this.numbers(first.length);
    return first.map((pick, decision) => ((numbers[decision] ?? 0) < 0.5 ? pick : (second[decision] ?? pick)));
  }

  /** Measures an architecture; null where it costs more than it may. */
  async measured(picks: Picks): Promise<Individual | null> {
    const { model, signal } = this.#context;
    const genotype = this.#space.genotype(picks);
    if (!this.#affordable(genotype)) return null;
    const identity = genotypeIdentity(genotype);
    const known = this.#measured.get(identity);
    const validationAccuracy = known ?? (await inheritedAccuracy(model, genotype, this.#images, signal));
    this.#measured.set(identity, validationAccuracy);
    return { picks, genotype, validationAccuracy };
  }

  /**
   * The first affordable architecture of some attempts. Throws TrainingError `invalid_spec`, naming
   * the limits, where none is.
   */
  async attempted(attempt: () => Picks): Promise<Individual> {
    for (let tried = 0; tried < ATTEMPTS; tried++) {
      const found = await this.measured(attempt());
      if (found !== null) return found;
    }
    const faults = Object.entries(this.#limits).flatMap(([limit, most]) =>
      most === undefined
        ? []
        : [
            {
              path: `selectors.${limit}`,
              message: `found ${most}, which none of ${ATTEMPTS} architectures drawn keeps`,
            },
          ],
    );
    throw new TrainingError('invalid_spec', faults);
  }

  #affordable(genotype: Genotype): boolean {
    const { parameters, multiplyAdds } = this.#limits;
    if (parameters === undefined && multiplyAdds === undefined) return true;
    const { space, task } = this.#context.model;
    const cost = architectureCost(space, genotype, task.target);
    return (
      cost.parameters <= (parameters ?? cost.parameters) && cost.multiplyAdds <= (multiplyAdds ?? cost.multiplyAdds)
    );
  }
}

/** Architectures drawn before a limit is called out of reach. */
const ATTEMPTS = 10_000;
