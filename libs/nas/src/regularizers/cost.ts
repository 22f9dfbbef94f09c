import { add, mul, relu, sum, tensor } from '@oneshot/engine';
import { z } from 'zod';
import { defineRegularizer } from './registry.js';
import { differentiated } from './regularizer.js';

defineRegularizer({
  name: 'cost',
  summary: 'adds the expected cost of the architecture to the loss of α, as a term or beyond a target; and decays α',
  source: 'Cai et al. 2019 (ProxylessNAS), eqs. 7 and 8, of counts in place of latencies',
  options: {
    /**
     * What is counted, of the network as the space builds it for the search. Default multiplyAdds.
     */
    measure: z.enum(['multiplyAdds', 'parameters']).default('multiplyAdds'),
    /** Of the cost as a multiple of `target`, or in millions where there is none. Default 0.1. */
    scale: z.number().min(0).default(0.1),
    /** Cost up to which nothing is added. Absent: all of it counts. */
    target: z.int().min(1).optional(),
    /** Weight decay of α, as of `l2`. Default 0.001. */
    weightDecay: z.number().min(0).default(1e-3),
  },
  create: ({ measure, scale, target, weightDecay }) => ({
    weightDecay,
    penalty(input) {
      const { base, added } = input.cost(measure);
      const unit = target ?? 1e6;
      const inUnits = new Map([...added].map(([group, costs]) => [group, costs.map((cost) => cost / unit)]));
      return differentiated(input, () => {
        const terms = [...input.draw().weights].flatMap(([group, drawn]) => {
          const costs = inUnits.get(group);
          return costs === undefined ? [] : [sum(mul(drawn, tensor(costs, drawn.shape)))];
        });
        const expected = terms.reduce((total, term) => add(total, term), tensor(Float32Array.of(base / unit), []));
        return mul(target === undefined ? expected : relu(add(expected, -1)), scale);
      });
    },
  }),
});
