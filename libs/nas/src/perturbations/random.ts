import { growing, radiusOption } from './radius.js';
import { definePerturbation } from './registry.js';
import { sameSums } from './same-sums.js';

definePerturbation({
  name: 'random',
  summary: 'noise, uniform within a radius that grows, on the weights of every option that runs',
  source: 'Chen and Hsieh 2020, eq. 7, and authors’ code',
  options: {
    /** Largest noise. */
    radius: radiusOption,
  },
  create: ({ radius }) => ({
    perturb({ groups, weights, epoch, epochs, stream }) {
      const most = growing(radius, epoch, epochs);
      return new Map(
        groups.map(({ name, options }) => {
          const drawn = weights.get(name) ?? new Float32Array(0);
          const noise = stream(name).uniform(drawn.length);
          const moved = drawn.map((weight, index) => weight + most * (2 * (noise[index] ?? 0) - 1));
          return [name, sameSums(moved, drawn, options.length)] as const;
        }),
      );
    },
  }),
});
