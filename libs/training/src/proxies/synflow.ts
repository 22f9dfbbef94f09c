import { dispose, mul, ones, sum, valueAndGradients } from '@oneshot/engine';
import { pathRunner } from '../search/path-runner.js';
import { sumOverKernels } from './path-pass.js';
import { defineProxy } from './proxy.js';

/**
 * A factor of the input where the output leaves the range of float32; the product scales with it.
 */
const SMALLER = 2 ** -40;

defineProxy({
  name: 'synflow',
  summary: 'w · ∂R/∂w added up, where R is the sum of the outputs for an input of ones, weights positive, norms off',
  source: 'Tanaka et al. 2020, section 6; Abdelfattah et al. 2021, equation 2',
  prepare({ model, batch }) {
    const { network } = model;
    const saved = network.state();
    network.restore(linearised(saved));
    return {
      score(selection) {
        for (let scale = 1; scale > 2 ** -1000; scale *= SMALLER) {
          const input = mul(ones([1, ...batch.input.shape.slice(1)]), scale);
          const { loss, gradients } = valueAndGradients(
            () => sum(pathRunner(model, selection, { mode: 'eval' })(input).logits),
            network.variables,
          );
          const flow = sumOverKernels(model, gradients, (weights, gradient) =>
            weights.reduce((total, weight, index) => total + weight * (gradient[index] ?? 0), 0),
          );
          dispose(input, ...gradients);
          // Its logarithm: the flow of deep networks leaves the range of numbers.
          if (Number.isFinite(loss) && Number.isFinite(flow)) return Math.log(flow) - Math.log(scale);
        }
        return Number.NEGATIVE_INFINITY;
      },
      finish: () => network.restore(saved),
    };
  },
});

/** Positive weights, and norms that leave everything as it is. */
function linearised(state: Readonly<Record<string, Float32Array>>): Record<string, Float32Array> {
  return Object.fromEntries(
    Object.entries(state).map(([name, values]) => {
      if (name.endsWith('.mean') || name.endsWith('.shift')) return [name, values.map(() => 0)];
      if (name.endsWith('.variance') || name.endsWith('.scale')) return [name, values.map(() => 1)];
      return [name, values.map(Math.abs)];
    }),
  );
}
