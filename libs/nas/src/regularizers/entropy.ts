import { add, div, log, mean, mul, neg, reshape, sum, type Tensor } from '@oneshot/engine';
import { z } from 'zod';
import { defineRegularizer } from './registry.js';
import { differentiated } from './regularizer.js';

/** Keeps the logarithm of a weight of 0 finite; its product with the weight is 0 all the same. */
const TINY = 1e-12;

defineRegularizer({
  name: 'entropy',
  summary: 'adds the mean entropy of the drawn weights of a choice to the loss of α',
  source: 'Grandvalet and Bengio 2004, of the drawn weights',
  options: {
    /** Of the mean entropy, in nats; below 0 weights that are alike are rewarded. Default 0.1. */
    scale: z.number().default(0.1),
  },
  create: ({ scale }) => ({
    penalty: (input) =>
      differentiated(input, () => {
        const entropies = [...input.draw().weights.values()].map((weights) => mean(entropyOfRows(weights)));
        return mul(
          entropies.reduce((total, each) => add(total, each)),
          scale / entropies.length,
        );
      }),
  }),
});

/** −Σ p ln p of each row, which is made to sum to 1. */
function entropyOfRows(weights: Tensor): Tensor {
  const [rows = 0] = weights.shape;
  const shares = div(weights, reshape(sum(weights, 1), [rows, 1]));
  return neg(sum(mul(shares, log(add(shares, TINY))), 1));
}
