import { needs } from '@oneshot/test/needs';
import { describe, expect, it } from 'vitest';
import './testing/backends.js';
import { selectBackend } from '../backend/select.js';
import { loadAddon } from '../native/addon.js';
import { convolution } from '../ops/convolution.js';
import { crossEntropy } from '../ops/cross-entropy.js';
import { globalAveragePool } from '../ops/global-average-pool.js';
import { linear } from '../ops/linear.js';
import { relu } from '../ops/relu.js';
import { clipGlobalNorm } from '../optimizers/clip-global-norm.js';
import { MomentumSgd } from '../optimizers/momentum-sgd.js';
import { labels, tensor } from '../tensor/create.js';
import { tidy } from '../tensor/memory.js';
import { read } from '../tensor/read.js';
import { valueAndGradients } from '../variables/gradients.js';
import { variable } from '../variables/variable.js';
import { normal } from './testing/numbers.js';
import { randomSchedule } from './testing/random-schedule.js';
import { runSchedule } from './testing/run-schedule.js';

const native = loadAddon();

/** Three training steps of a small network; the bits of its weights. */
function train(): Float32Array[] {
  const x = tensor(normal([16, 12, 12, 3], 1), [16, 12, 12, 3]);
  const y = labels(Int32Array.from({ length: 16 }, (_, i) => i % 4));
  const variables = [
    variable(normal([3, 3, 3, 18], 2), [3, 3, 3, 18], 'kernel'),
    variable(normal([18, 4], 3), [18, 4], 'weights'),
    variable(normal([4], 4), [4], 'bias'),
  ] as const;
  const [kernel, weights, bias] = variables;
  const optimizer = new MomentumSgd({ momentum: 0.9, weightDecay: 3e-4 });
  for (let step = 0; step < 3; step++) {
    tidy(() => {
      const { gradients } = valueAndGradients(() => {
        const features = globalAveragePool(relu(convolution(x, kernel.value, { padding: 1 })));
        return crossEntropy(linear(features, weights.value, bias.value), y);
      }, variables);
      optimizer.apply(variables, clipGlobalNorm(gradients, 1).gradients, 0.1);
    });
  }
  const result = variables.map(({ value }) => read(value));
  for (const v of variables) v.dispose();
  return result;
}

const bits = (values: Float32Array): Uint32Array => new Uint32Array(values.buffer, values.byteOffset, values.length);

describe('the native backend computes the same bits', needs('the native engine', 'addon' in native), () => {
  const withThreads = async <T>(threads: number, fn: () => T): Promise<T> => {
    const before = (await selectBackend({ backend: 'native' })).threads;
    const info = await selectBackend({ backend: 'native', threads });
    expect(info.threads).toBe(threads);
    try {
      return fn();
    } finally {
      await selectBackend({ backend: 'native', threads: before });
    }
  };

  it.each(['float32', 'bf16'] as const)(
    'of %s cells with one thread, two and three, and twice in a row',
    async (precision) => {
      for (let seed = 0; seed < 30; seed++) {
        const options = {
          batch: 5,
          mixPerImage: seed % 2 === 1,
          mode: seed % 4 === 3 ? 'eval' : 'train',
          precision,
        } as const;
        const run = () => runSchedule(randomSchedule(seed), options);
        const one = await withThreads(1, run);
        for (const threads of [1, 2, 3]) {
          const other = await withThreads(threads, run);
          for (const [name, values] of Object.entries(one)) {
            expect(bits(other[name] ?? new Float32Array()), `schedule ${seed}, ${name}`).toEqual(bits(values));
          }
        }
      }
    },
  );

  it('of a training step outside cells with one thread and two', async () => {
    const one = await withThreads(1, train);
    const two = await withThreads(2, train);
    expect(two.map(bits)).toEqual(one.map(bits));
  });
});
