import { Batches } from '@oneshot/data';
import { dispose, read, selectBackend } from '@oneshot/engine';
import { createSpace, resolveProfile } from '@oneshot/nas';
import { beforeAll, describe, expect, it } from 'vitest';
import { taskOf } from '../task/image-classification.js';
import { tinyDataset } from '../testing/tiny-dataset.js';
import { architectInput } from './architecture-step.js';
import { assign, SearchModel } from './search-model.js';
import { supernetPass } from './supernet-loss.js';

const dataset = tinyDataset();

beforeAll(() => selectBackend({ backend: 'auto', threads: 1 }));
const learningRate = 1;

function half(purpose: string) {
  const { train: part, mean, std } = dataset;
  return new Batches({ part, batch: 24, seed: 2, purpose, mean, std }).batch(0, 0);
}

describe('second order', () => {
  it('is the gradient of the validation loss one weight step ahead, as finite differences see it', () => {
    const space = createSpace({
      name: 'darts',
      cells: 1,
      nodes: 1,
      channels: 3,
      primitives: ['skip_connect', 'avg_pool_3x3'],
    });
    const profile = resolveProfile('darts_second_order', createSpace('darts'));
    const model = new SearchModel(space, profile, taskOf(dataset), 4);
    const [train, validation] = [half('train'), half('validation')];
    const draw = () => model.draw('architecture', { epoch: 0, step: 0, draw: 0 });
    const [alpha] = model.alpha;
    if (alpha === undefined) throw new RangeError('no α');
    const start = Float32Array.from([0.3, -0.2, 0.1, 0.4]);
    assign(alpha, start);
    const weights = model.network.variables.map(({ value }) => read(value).slice());
    const restore = () => {
      for (const [index, target] of model.network.variables.entries())
        assign(target, weights[index] ?? new Float32Array(0));
    };

    /** L_val(w − η(∇w L_train(w, α) + decay·w), α). */
    const ahead = (values: Float32Array): number => {
      assign(alpha, values);
      const { gradients } = supernetPass(model, train, draw, model.network.variables, false);
      model.network.variables.forEach((target, index) => {
        const slopes = gradients[index] === undefined ? new Float32Array(0) : read(gradients[index]);
        const own = weights[index] ?? new Float32Array(0);
        assign(
          target,
          own.map((value, at) => value - learningRate * ((slopes[at] ?? 0) + profile.weights.weightDecay * value)),
        );
      });
      const { loss } = supernetPass(model, validation, draw, [], false);
      dispose(...gradients);
      restore();
      return loss;
    };
    const step = 0.02;
    const numeric = start.map((value, index) => {
      return (ahead(start.with(index, value + step)) - ahead(start.with(index, value - step))) / (2 * step);
    });
    assign(alpha, start);

    const error = (gradient: Float32Array) =>
      Math.hypot(...gradient.map((slope, index) => slope - (numeric[index] ?? 0))) / Math.hypot(...numeric);
    const at = { epoch: 0, step: 0, draw: 0, learningRates: { weights: learningRate, architecture: 0 } };
    const [second] = model.architect.gradients?.(architectInput(model, validation, train, at)).gradients ?? [];
    const [first] = supernetPass(model, validation, draw, model.alpha, false).gradients;
    if (second === undefined || first === undefined) throw new RangeError('no gradient');
    expect(error(read(second))).toBeLessThan(0.05);
    expect(error(read(first))).toBeGreaterThan(0.2);
    expect(model.network.variables.map(({ value }) => [...read(value)])).toEqual(weights.map((values) => [...values]));
    model.dispose();
  });
});
