import { z } from 'zod';
import type { WeightsByGroup } from './perturbation.js';
import { growing, radiusOption } from './radius.js';
import { definePerturbation } from './registry.js';
import { sameSums } from './same-sums.js';

definePerturbation({
  name: 'adversarial',
  summary:
    'the weights within a radius that grows under which the training loss is highest, found by signed gradient steps',
  source: 'Chen and Hsieh 2020, eq. 8, and authors’ code',
  options: {
    /** Largest change of a weight. */
    radius: radiusOption,
    /** Gradient steps, each of two radii divided by their number. Default 7. */
    steps: z.int().min(1).max(100).default(7),
  },
  create: ({ radius, steps }) => ({
    perturb({ groups, weights, epoch, epochs, stream, lossUnder }) {
      const most = growing(radius, epoch, epochs);
      const each = (
        change: (value: number, drawn: number, group: string, index: number) => number,
        of: WeightsByGroup,
      ) =>
        new Map(
          groups.map(({ name, options }) => {
            const drawn = weights.get(name) ?? new Float32Array(0);
            const values = of.get(name) ?? drawn;
            const moved = values.map((value, index) => change(value, drawn[index] ?? 0, name, index));
            return [name, sameSums(moved, drawn, options.length)] as const;
          }),
        );
      const noise = new Map([...weights].map(([name, { length }]) => [name, stream(name).uniform(length)]));
      let moved = each((value, _, name, index) => value + most * (2 * (noise.get(name)?.[index] ?? 0) - 1), weights);
      for (let step = 0; step < steps; step++) {
        const { gradients } = lossUnder(moved);
        const uphill = (name: string, index: number) => Math.sign(gradients.get(name)?.[index] ?? 0);
        moved = each(
          (value, drawn, name, index) =>
            Math.min(drawn + most, Math.max(drawn - most, value + ((2 * most) / steps) * uphill(name, index))),
          moved,
        );
      }
      return lossUnder(weights).loss > lossUnder(moved).loss ? weights : moved;
    },
  }),
});
