import { expect, it } from 'vitest';
import { accuracyCount } from '../ops/accuracy-count.js';
import { batchNorm } from '../ops/batch-norm.js';
import { convolution } from '../ops/convolution.js';
import { crossEntropy } from '../ops/cross-entropy.js';
import { add, mul } from '../ops/elementwise.js';
import { pool } from '../ops/pool.js';
import { argMax, sum } from '../ops/reduce.js';
import { relu } from '../ops/relu.js';
import { oneHot, slice } from '../ops/shape.js';
import { stopGradient } from '../ops/stop-gradient.js';
import { labels, ones, scalar, tensor, zeros } from '../tensor/create.js';
import { memory, tidy } from '../tensor/memory.js';
import { read } from '../tensor/read.js';
import type { Tensor } from '../tensor/tensor.js';
import { valueAndGradients } from '../variables/gradients.js';
import { variable } from '../variables/variable.js';
import { describeOnBackends, on } from './testing/backends.js';

const nan = Number.NaN;

describeOnBackends('at the edges', (backend) => {
  const check = (name: string, fn: () => void): void => {
    it(name, async () => {
      await on(backend, () => tidy(fn));
    });
  };

  check('NaN goes through a ReLU, an addition and a cross-entropy', () => {
    expect([...read(relu(tensor([nan, -1, 2])))]).toEqual([nan, 0, 2]);
    expect([...read(add(tensor([nan, 1]), 1))]).toEqual([nan, 2]);
    expect(read(crossEntropy(tensor([[nan, 1]]), labels(Int32Array.of(0))))[0]).toBeNaN();
  });

  // TensorFlow drops it.
  if (backend !== 'tensorflow') {
    check('NaN goes through a maximum, wherever in the window it is', () => {
      for (const channels of [1, 3, 8, 20]) {
        for (let place = 0; place < 9; place++) {
          const values = Float32Array.from({ length: 9 * channels }, (_, i) => i);
          values.fill(nan, place * channels, (place + 1) * channels);
          const x = tensor(values, [1, 3, 3, channels]);
          expect([...read(pool(x, { pool: 'max', size: 3 }))]).toEqual(Array(channels).fill(nan));
          const centre = slice(pool(x, { pool: 'max', size: 3, stride: 1, padding: 1 }), [0, 1, 1, 0], [1, 1, 1, -1]);
          expect([...read(centre)]).toEqual(Array(channels).fill(nan));
        }
      }
    });

    check('the gradient of a maximum goes to the last NaN, as in PyTorch', () => {
      const x = variable(Float32Array.of(1, nan, nan, 4), [1, 2, 2, 1], 'x');
      const { gradients } = valueAndGradients(() => sum(pool(x.value, { pool: 'max', size: 2 })), [x]);
      expect([...read(gradients[0] as Tensor)]).toEqual([0, 0, 1, 0]);
      x.dispose();
    });
  }

  check('infinite and huge logits give finite cross-entropies where they are finite', () => {
    expect(read(crossEntropy(tensor([[1e4, -1e4]]), labels(Int32Array.of(0))))[0]).toBeCloseTo(0);
    expect(read(crossEntropy(tensor([[1e4, -1e4]]), labels(Int32Array.of(1))))[0]).toBeCloseTo(2e4);
  });

  check('a constant channel normalises to zero, not to NaN', () => {
    const { value, variance } = batchNorm(ones([2, 3, 3, 2]), { mode: 'train' });
    expect(read(value).every((x) => Math.abs(x) < 1e-3)).toBe(true);
    expect(read(variance).every((x) => Math.abs(x) < 1e-6)).toBe(true);
  });

  check('a norm far from zero keeps its precision', () => {
    const x = tensor(
      Float32Array.from({ length: 4096 }, (_, i) => 1000 + (i % 2)),
      [1, 64, 64, 1],
    );
    const { variance } = batchNorm(x, { mode: 'train' });
    expect(read(variance)[0]).toBeCloseTo(0.25, 3);
  });

  check('a tensor used twice gets both gradients, one not used gets zeros, a stopped one none', () => {
    const a = variable(Float32Array.of(2, 3), [2], 'a');
    const b = variable(Float32Array.of(5), [1], 'b');
    const c = variable(Float32Array.of(7, 7), [2], 'c');
    const { loss, gradients } = valueAndGradients(
      () => sum(add(mul(a.value, a.value), mul(stopGradient(c.value), a.value))),
      [a, b, c],
    );
    expect(loss).toBe(13 + 35);
    expect(gradients.map((g) => [...read(g)])).toEqual([[11, 13], [0], [0, 0]]);
  });

  check('a loss that throws leaves nothing behind', () => {
    const a = variable(Float32Array.of(2), [1], 'a');
    const before = memory().tensors;
    const failing = (): Tensor => {
      mul(a.value, a.value);
      throw new Error('no');
    };
    expect(() => valueAndGradients(failing, [a])).toThrow('no');
    expect(() => valueAndGradients(() => mul(a.value, ones([3])), [a])).toThrow(/loss.*\[3\]/);
    expect(memory().tensors).toBe(before);
  });

  check('gradients of gradients are refused in words', () => {
    const a = variable(Float32Array.of(2), [1], 'a');
    const inner = (): Tensor => valueAndGradients(() => sum(a.value), [a]).gradients[0] as Tensor;
    expect(() => valueAndGradients(inner, [a])).toThrow(/Gradients of gradients/);
  });

  check('reading copies: a value read stays when its tensor is gone and memory is used again', () => {
    const values = tidy(() => read(mul(ones([100, 100]), 3)));
    tidy(() => mul(ones([100, 100]), 4));
    expect(values.every((x) => x === 3)).toBe(true);
  });

  check('a slice stays when what it was cut from is gone and memory is used again', () => {
    const cut = tidy(() => slice(add(ones([100, 100]), ones([100, 100])), [1, 0], [50, 100]));
    tidy(() => add(zeros([100, 100]), ones([100, 100])));
    expect(read(cut).every((x) => x === 2)).toBe(true);
  });

  check('a tensor copies the array it is made from', () => {
    const values = Float32Array.of(1, 2);
    const t = tensor(values);
    values[0] = 9;
    expect([...read(t)]).toEqual([1, 2]);
  });

  check('class counts, arg-max and one-hot', () => {
    const logits = tensor([
      [1, 3, 2],
      [5, 5, 1],
      [0, 0, 1],
    ]);
    expect([...read(argMax(logits))]).toEqual([1, 0, 2]);
    expect(accuracyCount(logits, labels(Int32Array.of(1, 1, 2)))).toBe(2);
    expect([...read(oneHot(labels(Int32Array.of(2, 0)), 3))]).toEqual([0, 0, 1, 1, 0, 0]);
  });

  check('a kernel larger than its padded image is refused', () => {
    expect(() => convolution(zeros([1, 2, 2, 1]), zeros([5, 5, 1, 1]), { padding: 1 })).toThrow(/2×2.*5×5/);
    expect(() => convolution(zeros([1, 2, 2, 1]), zeros([1, 1, 2, 1]))).toThrow(/1 input channels, found 2/);
    expect(() => tensor([1, 2, 3], [2])).toThrow(/holds 2 values, but 3/);
    expect(() => crossEntropy(zeros([2, 3]), scalar(1))).toThrow(/labels/);
  });
});
