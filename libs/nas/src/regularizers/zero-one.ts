import { read } from '@oneshot/engine';
import { z } from 'zod';
import { logistic } from '../samplers/sigmoid.js';
import { defineRegularizer } from './registry.js';
import type { Penalty, PenaltyInput } from './regularizer.js';

const options = {
  /** λ, of the mean over all options of all choices. Default 10. */
  scale: z.number().min(0).default(10),
  /**
   * `squared`: −(σ(α) − ½)² (eq. 5); `absolute`: −|σ(α) − ½| (eq. 6), whose pull is the same at any
   * distance. Default `squared`, the one that the authors prefer.
   */
  distance: z.enum(['squared', 'absolute']).default('squared'),
};

defineRegularizer({
  name: 'zero_one',
  summary: 'drives the sigmoid of every α away from ½, to 0 or to 1',
  source: "Chu et al. 2020, eqs. 5 and 6; the mean as in the authors' code",
  options,
  exclusions: (_, { sampler }) =>
    sampler.name === 'sigmoid'
      ? []
      : [{ path: 'regularizer.name', message: `zero_one needs the sampler sigmoid; found ${sampler.name}` }],
  create: ({ scale, distance }) => ({ penalty: (input) => zeroOne(input, scale, distance) }),
});

/** −λ · mean of d(σ(α) − ½) over all α, and its gradient. */
function zeroOne({ alpha }: PenaltyInput, scale: number, distance: 'squared' | 'absolute'): Penalty {
  const values = alpha.map(({ name, value }) => [name, read(value)] as const);
  const unit = -scale / values.reduce((sum, [, { length }]) => sum + length, 0);
  let total = 0;
  const gradients = values.map(([name, own]) => {
    const gradient = own.map((each) => {
      const weight = logistic(each);
      const away = weight - 0.5;
      total += unit * (distance === 'squared' ? away * away : Math.abs(away));
      const slope = distance === 'squared' ? 2 * away : Math.sign(away);
      return unit * slope * weight * (1 - weight);
    });
    return [name, gradient] as const;
  });
  return { value: total, gradients: new Map(gradients) };
}
