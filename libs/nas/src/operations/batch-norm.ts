import { batchNorm } from '@oneshot/engine';
import { shapeSize } from '../build/value.js';
import { defineOperation } from './table.js';

/** Added to the variance, as in the engine. */
const epsilon = 1e-5;

type BatchNorm = {
  /** What stands behind it, done in the same pass. Default none. */
  readonly activation?: 'relu' | 'hard_swish';
};

/** By option: the engine's name, and ONNX's. */
const behind = {
  relu: { activation: 'relu', onnx: 'Relu' },
  hard_swish: { activation: 'hardSwish', onnx: 'HardSwish' },
} as const;

defineOperation<BatchNorm>({
  kind: 'composed',
  name: 'batch_norm',
  summary:
    'batch normalisation with learned scale and shift (Ioffe and Szegedy 2015), and an activation behind it if asked for',
  shape([input = []], { activation }) {
    if (activation === undefined || Object.hasOwn(behind, activation)) return input;
    throw new RangeError(`activation: found ${activation}, allowed: ${Object.keys(behind).join(', ')}`);
  },
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
  run({ inputs: [x], options, parameters: { scale, shift, mean, variance }, mode }) {
    if (x === undefined || scale === undefined || shift === undefined || mean === undefined || variance === undefined) {
      throw new RangeError('a norm reads a value, scale, shift and statistics');
    }
    const activation = options.activation === undefined ? 'none' : behind[options.activation].activation;
    if (mode === 'eval') {
      return { output: batchNorm(x, { mode, scale, shift, activation, running: { mean, variance } }).value };
    }
    const result = batchNorm(x, { mode, scale, shift, activation });
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
  onnx({ graph, inputs: [x = ''], options: { activation }, parameters, at }) {
    const constants = ['scale', 'shift', 'mean', 'variance'].map((key) => {
      const values = parameters[key]?.values ?? new Float32Array(0);
      return graph.floats(values, [values.length], `${at}/${key}`);
    });
    const attributes = { epsilon: { float: epsilon } };
    if (activation === undefined) return graph.node('BatchNormalization', [x, ...constants], at, attributes);
    const normalised = graph.node('BatchNormalization', [x, ...constants], `${at}/normalised`, attributes);
    return graph.node(behind[activation].onnx, [normalised], at);
  },
  // Folded into the convolution before it, as the field counts.
  multiplyAdds: () => 0,
});
