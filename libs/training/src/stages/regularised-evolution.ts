import { z } from 'zod';
import { Breeding, type Individual, limitOptions } from './candidates.js';
import { defineStageSelector } from './stage-selectors.js';

defineStageSelector({
  name: 'regularised_evolution',
  summary: 'the best of a random few is changed in one decision and replaces the oldest; with inherited weights',
  source: 'Real et al. 2019, algorithm 1',
  options: {
    /** Architectures alive. Default 100. */
    population: z.int().min(2).max(10_000).default(100),
    /** Architectures measured in all. Default 1000. */
    cycles: z.int().min(2).max(1_000_000).default(1000),
    /** Architectures among which the parent is the best. Default 25. */
    sample: z.int().min(1).max(10_000).default(25),
    ...limitOptions,
    /** Images of the validation half, rounded up to whole batches. Default: all of them. */
    images: z.int().min(1).optional(),
  },
  select: (context, { population, cycles, sample, images: most, parameters, multiplyAdds }) =>
    context.withImages(most, async (images) => {
      const breeding = new Breeding(context, images, { parameters, multiplyAdds });
      const alive: Individual[] = [];
      let best: Individual | undefined;
      for (let cycle = 0; cycle < cycles; cycle++) {
        const grown = alive.length === population;
        const parent = (): Individual['picks'] => {
          const drawn = Array.from({ length: sample }, () => alive[breeding.one(alive.length)]);
          const fittest = drawn.reduce((a, b) =>
            (b?.validationAccuracy ?? -1) > (a?.validationAccuracy ?? -1) ? b : a,
          );
          return fittest?.picks ?? [];
        };
        const child = await breeding.attempted(grown ? () => breeding.changed(parent()) : () => breeding.random());
        if (best === undefined || child.validationAccuracy > best.validationAccuracy) best = child;
        alive.push(child);
        if (grown) alive.shift();
      }
      if (best === undefined) throw new RangeError('no architecture was measured');
      return { genotype: best.genotype, validationAccuracy: best.validationAccuracy };
    }),
});
