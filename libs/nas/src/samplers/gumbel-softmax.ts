import { z } from 'zod';
import type { OptionsOf } from '../parts/parts.js';
import { gumbelSoftmax } from './finite-draw.js';
import { defineSampler } from './registry.js';
import { mapRows, softmaxRow } from './rows.js';
import { alphaOf, type Sampler } from './sampler.js';
import { linearTemperature } from './temperature.js';

const options = {
  /** Linear over the epochs. Default 1 to 0.1; the paper says only that it falls to zero. */
  temperature: z.strictObject({ from: z.number().positive(), to: z.number().positive() }).default({ from: 1, to: 0.1 }),
};

defineSampler({
  name: 'gumbel_softmax',
  summary: 'every option runs, weighted by the softmax of α with Gumbel noise at a temperature',
  source: 'Xie et al. 2019, eq. 5',
  options,
  create: gumbelSoftmaxSampler,
});

/**
 * SNAS (Xie et al. 2019, eq. 5), the concrete relaxation: per choice g ~ Gumbel(0, 1) and weights
 * softmax((log softmax(α) + g) / τ); every option runs.
 */
export function gumbelSoftmaxSampler({ temperature: span }: OptionsOf<typeof options>): Sampler {
  const temperature = linearTemperature(span);
  return {
    differentiable: true,
    singlePath: false,
    temperature,
    draw: (groups, alpha, { epoch, epochs, stream }) => ({
      weights: new Map(
        groups.map((group) => {
          const tau = temperature(epoch, epochs);
          const drawn = gumbelSoftmax(group.name, alphaOf(alpha, group), tau, (attempt) => stream(group.name, attempt));
          return [group.name, drawn];
        }),
      ),
      bare: false,
    }),
    expectation: (group, alpha) => mapRows(alpha, group.options.length, softmaxRow),
  };
}
