import { squeezeExcite } from '@oneshot/engine';
import { mapShape } from '../build/value.js';
import { defineOperation } from './table.js';

type SqueezeExcite = {
  /** Channels of the bottleneck. */
  readonly squeeze: number;
};

defineOperation<SqueezeExcite>({
  kind: 'composed',
  name: 'squeeze_excite',
  summary:
    'channels scaled by what their means say: 1×1 convolution, ReLU, 1×1 convolution, hard sigmoid (Hu et al. 2018; Howard et al. 2019)',
  shape: ([input = []]) => input,
  parameters([input = []], { squeeze }) {
    const { channels } = mapShape(input);
    const narrow = { kind: 'uniform', fanIn: channels } as const;
    const wide = { kind: 'uniform', fanIn: squeeze } as const;
    return [
      { key: 'reduce', shape: [channels, squeeze], initialisation: narrow },
      { key: 'reduce_bias', shape: [squeeze], initialisation: narrow },
      { key: 'expand', shape: [squeeze, channels], initialisation: wide },
      { key: 'expand_bias', shape: [channels], initialisation: wide },
    ];
  },
  run({ inputs: [x], parameters: { reduce, reduce_bias, expand, expand_bias } }) {
    if (!x || !reduce || !reduce_bias || !expand || !expand_bias) {
      throw new RangeError('squeeze_excite reads one map and its weights');
    }
    return { output: squeezeExcite(x, { reduce, reduceBias: reduce_bias, expand, expandBias: expand_bias }) };
  },
  onnx({ graph, inputs: [x = ''], parameters, at }) {
    const constant = (key: string): string => {
      const { values, shape } = parameters[key] ?? { values: new Float32Array(0), shape: [] };
      return graph.floats(values, shape, `${at}/${key}`);
    };
    const pooled = graph.node('GlobalAveragePool', [x], `${at}/pool`);
    const flat = graph.node('Flatten', [pooled], `${at}/flat`, { axis: 1 });
    const reduced = graph.node('Gemm', [flat, constant('reduce'), constant('reduce_bias')], `${at}/reduced`);
    const squeezed = graph.node('Relu', [reduced], `${at}/squeezed`);
    const expanded = graph.node('Gemm', [squeezed, constant('expand'), constant('expand_bias')], `${at}/expanded`);
    const scale = graph.node('HardSigmoid', [expanded], `${at}/scale`, {
      alpha: { float: 1 / 6 },
      beta: { float: 0.5 },
    });
    const axes = graph.integers([2, 3], `${at}/axes`);
    return graph.node('Mul', [x, graph.node('Unsqueeze', [scale, axes], `${at}/map`)], at);
  },
  multiplyAdds: ([input = []], { squeeze }) => 2 * mapShape(input).channels * squeeze,
});
