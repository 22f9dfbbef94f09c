import { dropout, dropoutMask } from '@oneshot/engine';
import { defineOperation } from './table.js';

type Dropout = {
  /** Probability that a value becomes zero, from 0 to below 1. */
  readonly rate: number;
};

for (const [name, summary, whole] of [
  ['dropout', 'values become zero while training (Srivastava et al. 2014)', false],
  ['channel_dropout', 'whole channels become zero while training (Tompson et al. 2015)', true],
] as const) {
  defineOperation<Dropout>({
    kind: 'composed',
    name,
    summary,
    shape: ([input = []]) => input,
    parameters: () => [],
    run({ inputs: [x], options: { rate }, mode, stream }) {
      if (x === undefined) throw new RangeError(`${name} reads one value`);
      if (mode === 'eval' || stream === null || rate === 0) return { output: x };
      const shape = x.shape.map((length, axis) => (whole && axis > 0 && axis < x.shape.length - 1 ? 1 : length));
      return { output: dropout(x, dropoutMask(stream, shape, rate)) };
    },
    onnx: ({ inputs: [x = ''] }) => x,
    multiplyAdds: () => 0,
  });
}
