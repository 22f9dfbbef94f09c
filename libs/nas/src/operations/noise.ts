import { tensor, zeros } from '@oneshot/engine';
import { shapeSize } from '../build/value.js';
import { type Strided, stridedShape } from './strided.js';
import { defineOperation } from './table.js';

/**
 * Whatever goes in, standard normal noise comes out (Zela et al. 2020, space S4): an operation that
 * cannot help. Drawn anew in every training step, keyed by seed, step and place; when a network is
 * evaluated it is its mean, 0, so that equal images get equal answers. The authors' code draws
 * there too.
 */
defineOperation<Strided>({
  kind: 'composed',
  name: 'noise',
  edge: true,
  summary: 'standard normal noise instead of the state (Zela et al. 2020, S4); its mean, 0, when evaluated',
  shape: stridedShape,
  parameters: () => [],
  run({ inputs: [x], options, mode, stream }) {
    const [batch = 0, ...input] = x?.shape ?? [];
    const shape = [batch, ...stridedShape([input], options)];
    if (mode === 'eval' || stream === null) return { output: zeros(shape) };
    return { output: tensor(stream.normal(shapeSize(shape)), shape) };
  },
  onnx({ graph, inputs: [x = ''], options: { stride = 1 }, at }) {
    const strided =
      stride === 1
        ? x
        : graph.node('MaxPool', [x], `${at}/strided`, { kernel_shape: [1, 1], strides: [stride, stride] });
    return graph.node('Mul', [strided, graph.scalar(0, `${at}/mean`)], at);
  },
  multiplyAdds: () => 0,
});
