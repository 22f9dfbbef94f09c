import { add, type RandomStream, stopGradient, sub, type Tensor } from '@oneshot/engine';
import { z } from 'zod';
import type { Selection } from '../build/selection.js';
import type { OptionsOf } from '../parts/parts.js';
import type { ChoiceGroup } from '../spaces/choice.js';
import { hardDraw } from './hard-draw.js';
import { defineSampler } from './registry.js';
import { mapRows, softmaxRow } from './rows.js';
import { alphaOf, type Sampler } from './sampler.js';
import { linearTemperature } from './temperature.js';

const options = {
  /** Temperature, linear over the epochs. Default 10 to 0.1 (Dong and Yang 2019). */
  temperature: z
    .strictObject({ from: z.number().positive(), to: z.number().positive() })
    .default({ from: 10, to: 0.1 }),
  /**
   * The same values in the forward pass, another gradient of α. `drawn`: the drawn operation times
   * its weight and nothing else (authors' code for the DARTS space). `official`: the others add
   * their bare weight (authors' code for NAS-Bench-201). `confopt`: all operations run, multiplied
   * by the one-hot draw, which is many times the work. Default `official`; the method `gdas`
   * follows the space.
   */
  variant: z.enum(['official', 'drawn', 'confopt']).default('official'),
};

export type GumbelOptions = OptionsOf<typeof options>;

defineSampler({
  name: 'gumbel',
  summary: 'the arg-max of α with Gumbel noise at a temperature, with the gradient of the softmax behind it',
  source: 'Dong and Yang 2019, eqs. 3 to 6',
  options,
  create: gumbelSampler,
});

/**
 * GDAS (Dong and Yang 2019, eqs. 3 to 6): per choice g ~ Gumbel(0, 1), p = softmax((log softmax(α)
 * + g) / τ), and the arg-max of p as a hard draw with straight-through gradient, hard − sg(p) + p;
 * the largest ones where a choice keeps several. A draw with infinities or NaN is redrawn (authors'
 * code).
 */
export function gumbelSampler({ temperature: span, variant }: GumbelOptions): Sampler {
  const temperature = linearTemperature(span);
  return {
    differentiable: true,
    singlePath: variant !== 'confopt',
    temperature,
    draw(groups, alpha, { epoch, epochs, stream }) {
      const tau = temperature(epoch, epochs);
      const weights = new Map<string, Tensor>();
      const active = new Map<string, readonly string[]>();
      for (const group of groups) {
        const drawn = drawGroup(group, alphaOf(alpha, group), tau, (attempt) => stream(group.name, attempt));
        weights.set(group.name, drawn.weights);
        for (const [id, options] of drawn.chosen) active.set(id, options);
      }
      return variant === 'confopt' ? { weights, bare: false } : { weights, active, bare: variant === 'official' };
    },
    expectation: (group, alpha) => mapRows(alpha, group.options.length, softmaxRow),
  };
}

function drawGroup(
  group: ChoiceGroup,
  alpha: Tensor,
  tau: number,
  stream: (attempt: number) => RandomStream,
): { readonly weights: Tensor; readonly chosen: Selection } {
  const { probabilities, hard, chosen } = hardDraw(group, alpha, tau, stream);
  return { weights: add(sub(hard, stopGradient(probabilities)), probabilities), chosen };
}
