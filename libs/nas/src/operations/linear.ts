import { add, matMul } from '@oneshot/engine';
import { defineOperation } from './table.js';

type Linear = {
  readonly features: number;
  /** Default true. */
  readonly bias?: boolean;
};

defineOperation<Linear>({
  kind: 'composed',
  name: 'linear',
  summary: 'a vector times a matrix, with or without bias',
  shape([input = []], { features }) {
    if (input.length !== 1) throw new RangeError(`found a value of shape [${input.join(', ')}]; expected a vector`);
    return [features];
  },
  parameters([[seen = 0] = []], { features, bias = true }) {
    const initialisation = { kind: 'uniform', fanIn: seen } as const;
    const weights = { key: 'weights', shape: [seen, features], initialisation };
    return bias ? [weights, { key: 'bias', shape: [features], initialisation }] : [weights];
  },
  run({ inputs: [x], parameters: { weights, bias } }) {
    if (x === undefined || weights === undefined) throw new RangeError('linear reads a vector and a matrix');
    const product = matMul(x, weights);
    return { output: bias === undefined ? product : add(product, bias) };
  },
  onnx({ graph, inputs: [x = ''], parameters: { weights, bias }, at }) {
    const { values, shape } = weights ?? { values: new Float32Array(0), shape: [] };
    const given = [graph.floats(values, shape, `${at}/weights`)];
    if (bias !== undefined) given.push(graph.floats(bias.values, bias.shape, `${at}/bias`));
    return graph.node('Gemm', [x, ...given], at);
  },
  multiplyAdds: ([[seen = 0] = []], { features }) => seen * features,
});
