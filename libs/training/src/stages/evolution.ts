import { z } from 'zod';
import { Breeding, type Individual, limitOptions } from './candidates.js';
import { defineStageSelector } from './stage-selectors.js';

defineStageSelector({
  name: 'evolution',
  summary: 'generations of mutated and crossed architectures, the best by validation accuracy with inherited weights',
  source: 'Guo et al. 2020 (SPOS), algorithm 1 and section 4',
  options: {
    /** Architectures of a generation. Default 50. */
    population: z.int().min(2).max(10_000).default(50),
    /** Generations after the first, random one. Default 20. */
    generations: z.int().min(1).max(10_000).default(20),
    /** Best ones so far, of which the next generation comes. Default 10. */
    parents: z.int().min(1).max(10_000).default(10),
    /** Probability with which a mutation makes a decision anew. Default 0.1. */
    mutation: z.number().min(0).max(1).default(0.1),
    ...limitOptions,
    /** Images of the validation half, rounded up to whole batches. Default: all of them. */
    images: z.int().min(1).optional(),
  },
  select: (context, { population, generations, parents, mutation, images: most, parameters, multiplyAdds }) =>
    context.withImages(most, async (images) => {
      const breeding = new Breeding(context, images, { parameters, multiplyAdds });
      let best: readonly Individual[] = [];
      let next = Array.from({ length: population }, () => () => breeding.random());
      for (let generation = 0; generation <= generations; generation++) {
        const measured: Individual[] = [];
        for (const make of next) measured.push(await breeding.attempted(make));
        best = fittest([...best, ...measured], parents);
        const parent = () => best[breeding.one(best.length)]?.picks ?? [];
        // Half of a generation is mutated, half crossed, as the authors have it.
        next = Array.from({ length: population }, (_, child) =>
          child < population / 2
            ? () => breeding.mutated(parent(), mutation)
            : () => breeding.crossed(parent(), parent()),
        );
      }
      const [first] = best;
      if (first === undefined) throw new RangeError('no architecture was measured');
      return { genotype: first.genotype, validationAccuracy: first.validationAccuracy };
    }),
});

/** The most accurate ones, each once; of equals, the first. */
function fittest(individuals: readonly Individual[], count: number): readonly Individual[] {
  const different = new Map<string, Individual>();
  for (const each of individuals) if (!different.has(each.picks.join())) different.set(each.picks.join(), each);
  return [...different.values()].sort((a, b) => b.validationAccuracy - a.validationAccuracy).slice(0, count);
}
