import { batchNorm } from '@oneshot/engine';
import { shapeSize } from '../build/value.js';
import { defineOperation } from './table.js';

/** Added to the variance, as in the engine. */
const epsilon = 1e-5;

defineOperation({
  kind: 'composed',
  name: 'batch_norm',
  summary: 'batch normalisation with learned scale and shift (Ioffe and Szegedy 2015)',
  shape: ([input = []]) => input,
  parameters([input = []]) {
    const shape = [input.at(-1) ?? 0];
    const constant = (value: 0 | 1) => ({ kind: 'constant', value }) as const;
    return [
      { key: 'scale', shape, initialisation: constant(1) },
      { key: 'shift', shape, initialisation: constant(0) },
      { key: 'mean', shape, initialisation: constant(0), sort: 'statistic' },
      { key: 'variance', shape, initialisation: constant(1), sort: 'statistic' },
    ];
  },
  run({ inputs: [x], parameters: { scale, shift, mean, variance }, mode }) {
    if (x === undefined || scale === undefined || shift === undefined || mean === undefined || variance === undefined) {
      throw new RangeError('a norm reads a value, scale, shift and statistics');
    }
    if (mode === 'eval') {
      return { output: batchNorm(x, { mode, scale, shift, running: { mean, variance } }).value };
    }
    const result = batchNorm(x, { mode, scale, shift });
    const pixels = shapeSize(x.shape.slice(1, -1));
    return {
      output: result.value,
      statistics: [
        {
          mean: { key: 'mean', values: result.mean },
          variance: { key: 'variance', values: result.variance },
          pixels,
        },
      ],
    };
  },
  onnx({ graph, inputs: [x = ''], parameters, at }) {
    const constants = ['scale', 'shift', 'mean', 'variance'].map((key) => {
      const values = parameters[key]?.values ?? new Float32Array(0);
      return graph.floats(values, [values.length], `${at}/${key}`);
    });
    return graph.node('BatchNormalization', [x, ...constants], at, { epsilon: { float: epsilon } });
  },
  // Folded into the convolution before it, as the field counts.
  multiplyAdds: () => 0,
});
