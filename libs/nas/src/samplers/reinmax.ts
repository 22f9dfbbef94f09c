import { add, log, mul, read, softmax, stopGradient, sub, type Tensor, tensor } from '@oneshot/engine';
import { z } from 'zod';
import type { OptionsOf } from '../parts/parts.js';
import type { ChoiceGroup } from '../spaces/choice.js';
import { defineSampler } from './registry.js';
import { argMaxRow, mapRows, softmaxRow } from './rows.js';
import { alphaOf, type DrawContext, type Sampler } from './sampler.js';
import { linearTemperature } from './temperature.js';

/** Below 1 the estimate is no longer of second order, and its variance grows without bound. */
const temperature = z.number().min(1);

const options = {
  /** At least 1, linear over the epochs. Default 1 throughout. */
  temperature: z.strictObject({ from: temperature, to: temperature }).default({ from: 1, to: 1 }),
};

defineSampler({
  name: 'reinmax',
  summary:
    'one option drawn from the softmax of α, with a straight-through gradient of second order; every option runs',
  source: 'Liu et al. 2023, algorithm 2',
  options,
  exclusions(_, __, space) {
    const several = space?.choices.find(({ keeps = 1 }) => keeps > 1);
    if (several === undefined) return [];
    const message = `reinmax draws one option; ${space?.name} keeps ${several.keeps} of ${several.id}; allowed: softmax, gumbel`;
    return [{ path: 'sampler.name', message }];
  },
  create: reinmaxSampler,
});

/**
 * ReinMax (Liu et al. 2023, algorithm 2): per choice D ~ π₀ = softmax(α) as a one-hot draw, and as
 * its gradient that of 2π₁ − π₀/2, where π₁ is (softmax(α/τ) + D)/2 written as a softmax of α. The
 * gradient of an option that was not drawn needs its output, so every option runs, with weight 0.
 */
export function reinmaxSampler({ temperature: span }: OptionsOf<typeof options>): Sampler {
  const at = linearTemperature(span);
  return {
    differentiable: true,
    singlePath: false,
    temperature: at,
    draw: (groups, alpha, { epoch, epochs, stream }) => ({
      weights: new Map(
        groups.map((group) => [group.name, drawn(group, alphaOf(alpha, group), at(epoch, epochs), stream)]),
      ),
      bare: false,
    }),
    expectation: (group, alpha) => mapRows(alpha, group.options.length, softmaxRow),
  };
}

function drawn(group: ChoiceGroup, alpha: Tensor, tau: number, stream: DrawContext['stream']): Tensor {
  const { name, choices, options: all } = group;
  const shape = [choices.length, all.length];
  const noise = stream(name, 0).gumbel(choices.length * all.length);
  // The arg-max of α with Gumbel noise is a draw from its softmax.
  const noisy = read(alpha).map((value, index) => value + (noise[index] ?? 0));
  const hard = tensor(
    mapRows(noisy, all.length, (row) => {
      const chosen = argMaxRow(row);
      return row.map((_, index) => (index === chosen ? 1 : 0));
    }),
    shape,
  );
  const halfway = mul(add(softmax(mul(alpha, 1 / tau)), hard), 0.5);
  const first = softmax(add(alpha, stopGradient(sub(log(halfway), alpha))));
  const estimate = sub(mul(first, 2), mul(softmax(alpha), 0.5));
  return add(hard, sub(estimate, stopGradient(estimate)));
}
